"""The list itself: classes, order, targets, check-ins, what there is instead, and letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.caseload.waitlist import Waitlist, WaitlistRules, waitlist, waitlist_letters
from safeschedule.errors import InputError
from safeschedule.samples import generate, generate_actuals
from tests.caseload.team import client, problem, request
from tests.caseload.test_waits import ONE_CLASS, some, weeks


def waiting(code: str, **changes: object) -> dict[str, object]:
    """Give a client who waits, by itself in a band of no urgency."""
    return client(code, clinician=None, **({"band": "low", "waiting_since": "2026-09-01"} | changes))


def test_the_rulebook_says_what_is_urgent() -> None:
    """What the rule of urgent access calls urgent would wait in turn."""
    team = problem(
        waiting("PLAIN"),
        waiting("FLAG", flags=["crisis_risk"]),
        waiting("BAND", band="very_high"),
        waiting("FIVE"),
        waiting("FOUR"),
        waiting("HIGH", band="high"),
        requests=[request("R1", "FIVE", priority=5), request("R2", "FOUR", priority=4)],
    )
    found = {each.client: each.triage for each in waitlist(team).clients}
    assert {code for code, name in found.items() if name == "urgent"} == {"FLAG", "BAND", "FIVE"}
    assert {code for code, name in found.items() if name == "soon"} == {"FOUR", "HIGH"}
    looser = team.with_changes(rulebook={"rules": {"urgent_access": {"parameters": {"rank": 3}}}})
    assert {each.client for each in waitlist(looser).clients if each.triage == "urgent"} >= {"HIGH"}


def test_targets_are_working_days_and_closures_are_none() -> None:
    """A bank holiday would make a service late, or a weekend in time."""
    team = problem(waiting("K1", waiting_since="2026-09-25", band="very_high"))  # a Friday
    (found,) = waitlist(team).clients
    assert (str(found.target), found.overdue, found.waited) == ("2026-09-28", 5, 6)
    closed = team.with_changes(closures=[{"date": "2026-09-28"}])
    (later,) = waitlist(closed).clients
    assert (str(later.target), later.overdue) == ("2026-09-29", 4)


def test_check_ins_are_due_by_risk_as_often_as_the_band_says() -> None:
    """Somebody at risk would hear nothing for weeks, or everybody be called all the time."""
    team = problem(
        waiting("NONE"),
        waiting("RISK", flags=["volatile"]),
        waiting("HIGH", band="high", last_contact="2026-10-03"),
    )
    found = {each.client: each for each in waitlist(team).clients}
    assert found["NONE"].check_in is None
    assert (str(found["RISK"].check_in), found["RISK"].check_in_overdue) == ("2026-09-29", True)
    assert (str(found["HIGH"].check_in), found["HIGH"].check_in_overdue) == ("2026-10-10", False)
    rules = WaitlistRules.model_validate(
        {"classes": [{"id": "all", "target_days": 10, "check_in_days": 14}], "risk_flags": []}
    )
    own = {each.client: str(each.check_in) for each in waitlist(team, rules=rules).clients}
    assert own == {"NONE": "2026-09-15", "RISK": "2026-09-15", "HIGH": "2026-10-10"}


def test_information_expires_with_the_review_of_the_band() -> None:
    """A referral of last year would be taken for today's state."""
    team = problem(
        waiting("OLD", waiting_since="2026-01-01"),
        waiting("NEW"),
        waiting("DATED", next_review="2026-10-01"),
        waiting("NEVER", waiting_since=None),
    )
    found = {each.client: each.information_expired for each in waitlist(team).clients}
    assert found == {"OLD": True, "NEW": False, "DATED": True, "NEVER": False}


def test_open_groups_with_seats_at_a_possible_time_are_offered() -> None:
    """Somebody would be offered a group that is full, closed, or on a day when there is no way to come."""
    group = {"session_type": "group", "open": True, "slots": [{"day": "tue", "start": "10:00"}]}
    team = problem(
        waiting("ANY"),
        waiting("MON", windows=[{"day": "mon", "start": "09:00", "end": "12:00"}]),
        *[client(f"M{n}") for n in range(8)],
        groups=[
            group | {"id": "OPEN"},
            group | {"id": "CLOSED", "open": False},
            group | {"id": "FULL", "members": [f"M{n}" for n in range(8)]},
        ],
    )
    found = {each.client: [option.code for option in each.options] for each in waitlist(team).clients}
    assert found == {"ANY": ["OPEN", "external"], "MON": ["external"]}
    own = WaitlistRules.model_validate({"options": [{"id": "b", "says": "A course.", "classes": ["urgent"]}]})
    assert [option.code for option in waitlist(team, rules=own).clients[0].options] == ["OPEN"]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_everybody_of_no_caseload_is_listed_once_in_order(seed: int, recorded: bool) -> None:
    """Somebody would be forgotten, or pass others of the same class who came before."""
    team = generate(3, seed=seed)
    past = generate_actuals(team, seed=seed, weeks=9) if recorded else ()
    found = waitlist(team, actuals=past)
    assert {each.client for each in found.clients} == {c.id for c in team.clients if c.clinician is None}
    assert [each.place for each in found.clients] == list(range(1, len(found.clients) + 1))
    names = [row.triage for row in found.classes]
    keys = [(names.index(each.triage), str(each.since or "9999")) for each in found.clients]
    assert keys == sorted(keys)
    assert Waitlist.from_dict(found.to_dict()) == found
    for each in found.clients:
        if each.range and each.likely and each.range.first and each.likely.first:
            assert each.range.first <= each.likely.first


def test_letters_say_the_range_or_that_it_is_not_known() -> None:
    """A client would be promised what nobody knows."""
    known = waitlist_letters(waitlist(some(9), actuals=weeks(12, starts=1), rules=ONE_CLASS), service="North")
    assert "first appointment in" in known[8].text
    assert "weeks from this date" in known[8].text
    (unknown,) = waitlist_letters(waitlist(some(1), rules=ONE_CLASS), service="North")
    assert "We do not know how long you will wait." in unknown.text
    assert "nine can expect" not in unknown.text


def test_letters_escape_what_others_wrote_and_heed_a_service_s_templates(tmp_path: Path) -> None:
    """A code could run in a reader's browser, or a service be stuck with our words."""
    team = problem(waiting("<b>K", band="very_high"), waiting("K2"), name="A & <i>B</i>")
    (first, _) = waitlist_letters(waitlist(team), service=team.name)
    assert "<b>K" not in first.text
    assert "&lt;b&gt;K" in first.text
    assert "A &amp; &lt;i&gt;" in first.text
    (tmp_path / "letter-urgent.html.j2").write_text("<p>{{ client.client }}</p>", encoding="utf-8")
    (tmp_path / "letter.txt.j2").write_text("{{ client.client }}: {{ wait }}", encoding="utf-8")
    own = waitlist_letters(waitlist(team), templates=tmp_path)
    assert [(each.suffix, each.text) for each in own] == [
        (".html", "<p>&lt;b&gt;K</p>"),
        (".txt", "K2: We do not know how long you will wait."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing }}",
        "{{ client.",
        "{{ ''.__class__.__mro__ }}",
        "{{ client.client / 0 }}",
        "{% include '../x' %}",
    ],
)
def test_a_template_with_a_fault_is_told_and_runs_nothing(text: str, tmp_path: Path) -> None:
    """A template could read what it must not, or end in a traceback."""
    (tmp_path / "letter.html.j2").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="bad_template"):
        waitlist_letters(waitlist(some(1)), templates=tmp_path)


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    """Letters would be left out without a word."""
    with pytest.raises(InputError, match="missing_file"):
        waitlist_letters(waitlist(some(1)), templates=tmp_path)
    with pytest.raises(InputError, match="missing_folder"):
        waitlist_letters(waitlist(some(1)), templates=tmp_path / "none")
