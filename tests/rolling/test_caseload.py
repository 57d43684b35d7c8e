"""A roll with waitlist and ledger: who comes to whom, and what was decided counts in its weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from safeschedule import verify
from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.caseload.waitlist import WaitlistRules
from safeschedule.errors import ArgumentError
from safeschedule.ledger import (
    BandConfirmed,
    CapChange,
    Content,
    ExceptionDecided,
    ExceptionOpened,
    LedgerEntry,
    Override,
    Transferred,
)
from safeschedule.ledger.chain import continued
from safeschedule.problem import Problem
from safeschedule.rolling import BandsTaken, CaseloadWeek, Roll, RollCaseload, roll
from tests.caseload.team import bands
from tests.ledger.statements import SECOND, override, statement
from tests.rolling.weeks import LIMITS, week

FIRST = date(2026, 10, 5)
ALL_ROUTINE = WaitlistRules.model_validate({"classes": [{"id": "routine", "target_days": 10}]})


def team(cap: int = 9, **changes: Any) -> Problem:
    """Give two clinicians with a cap and a client of two points each, and three who wait."""
    given: dict[str, Any] = {
        "clinicians": [
            {"id": code, "working": HOURS, "is_supervisor": code == "C1", "caseload_cap": cap}
            for code in ("C1", "C2")
        ],
        "clients": [
            {"id": "K1", "clinician": "C1"},
            {"id": "K2", "clinician": "C2"},
            *({"id": f"W{n}", "waiting_since": f"2026-09-0{n}"} for n in (1, 2, 3)),
        ],
        "requests": [first(f"W{n}") for n in (1, 2, 3)],
    }
    return week(**given | changes)


HOURS = [{"day": day, "start": "09:00", "end": "12:00"} for day in ("mon", "wed", "fri")]


def first(code: str, **changes: Any) -> dict[str, Any]:
    """Give the request for a first session."""
    return {"id": f"first {code}", "client": code, "session_type": "first"} | changes


def rolled(problem: Problem, weeks: int, caseload: RollCaseload | None = None, **options: Any) -> Roll:
    """Give a repeatable roll by the waitlist."""
    return roll(
        problem, weeks, **LIMITS | {"time_limit": None, "caseload": caseload or RollCaseload()} | options
    )


def beside(done: Roll) -> list[CaseloadWeek]:
    """Give the caseload of each week."""
    found = [planned.caseload for planned in done.weeks]
    return [each for each in found if each is not None]


def taken(done: Roll) -> list[list[tuple[str, str]]]:
    """Give who came to whom, by week."""
    return [[(each.client, each.clinician) for each in own.taken] for own in beside(done)]


def known(**lists: Any) -> ExpectedChanges:
    return ExpectedChanges.model_validate(lists)


def entries(*contents: tuple[Content, str]) -> tuple[LedgerEntry, ...]:
    """Give a ledger with contents, each of a date."""
    moments = (
        (content, datetime.fromisoformat(f"{on}T09:00").replace(tzinfo=UTC)) for content, on in contents
    )
    return continued((), (statement(content, at=at) for content, at in moments))


def test_who_waits_comes_in_the_order_of_the_list_to_whoever_has_most_room() -> None:
    """Intake would go by headcount, or by who asks loudest."""
    done = rolled(team(), 2, RollCaseload(rules=ALL_ROUTINE))
    assert done.complete
    assert {client for client, _ in taken(done)[0]} == {"W1", "W2", "W3"}
    first_two = dict(taken(done)[0])
    assert {first_two["W1"], first_two["W2"]} == {"C1", "C2"}
    row = beside(done)[0].row
    assert (row.taken, row.waiting_all, row.in_time, row.with_target) == (3, 0, 0, 3)
    assert row.waited_most == max(each.waited or 0 for each in beside(done)[0].taken)
    assert all(planned.verification.compliant for planned in done.weeks)


def test_a_full_panel_takes_nobody_until_somebody_is_discharged() -> None:
    """A cap would hold until the first busy week, or a place that came free stay empty."""
    leaving = known(discharges=[{"client": "K1", "on": "2026-10-14"}])
    done = rolled(team(cap=4), 4, RollCaseload(rules=ALL_ROUTINE, expected=leaving))
    assert [[client for client, _ in own] for own in taken(done)] == [["W1", "W2"], [], ["W3"], []]
    rows = [own.row for own in beside(done)]
    assert [row.held_back.get("caseload_cap", 0) for row in rows] == [1, 1, 0, 0]
    assert [row.discharged for row in rows] == [0, 0, 1, 0]
    assert [row.waiting_all for row in rows] == [1, 1, 0, 0]
    assert [row.over_target for row in rows] == [1, 1, 0, 0]
    assert rows[0].longest == 39  # from 3 September to the Monday after the week
    assert all(row.panels["over"] == 0 for row in rows)


def test_who_is_referred_is_on_the_list_from_the_next_week_on() -> None:
    """Somebody would be planned before anybody has heard of the person."""
    coming = [{"client": {"id": "N1"}, "on": "2026-10-07", "request": first("N1")}]
    done = rolled(team(), 3, RollCaseload(rules=ALL_ROUTINE, expected=known(referrals=coming)))
    assert [[c for c, _ in own if c == "N1"] for own in taken(done)] == [[], ["N1"], []]
    (new,) = beside(done)[1].taken
    assert new.waited == (new.first_on - date(2026, 10, 7)).days
    assert new.in_time is True
    assert beside(done)[1].row.referred == 1


def test_who_is_urgent_comes_into_the_week_that_is_under_way() -> None:
    """Urgent referrals would wait for the next planning meeting."""
    rules = WaitlistRules.model_validate(
        {"classes": [{"id": "urgent", "target_days": 2, "rank": 4}, {"id": "routine", "target_days": 10}]}
    )
    client = {"id": "N1", "band": "very_high"}
    coming = [{"client": client, "on": "2026-10-07", "request": first("N1")}]
    done = rolled(team(), 2, RollCaseload(rules=rules, expected=known(referrals=coming)))
    planned, own = done.weeks[0], beside(done)[0]
    (new,) = [each for each in own.taken if each.client == "N1"]
    assert (new.routed_later, new.triage, new.in_time) == (True, "urgent", True)
    assert new.first_on >= date(2026, 10, 7)
    assert own.row.routed_later == 1
    assert planned.asked is not None
    assert "N1" not in planned.asked.by_code.clients
    assert verify(planned.problem, planned.schedule).compliant
    owner = {client.id: client.clinician for client in done.following.clients}["N1"]
    assert owner == new.clinician
    assert [each.client for each in beside(done)[1].taken] == []


def test_a_week_that_leaves_somebody_out_asks_everybody_else_before_it_is_over() -> None:
    """The clinician with most points left has no hour, and the client waits although a colleague has one."""
    short = [{"day": "mon", "start": "09:00", "end": "10:00"}]
    people = [
        {"id": "C1", "working": HOURS, "is_supervisor": True, "caseload_cap": 6},
        {"id": "C2", "working": short, "caseload_cap": 60},
    ]
    own = [{"id": "R2", "client": "K2", "session_type": "talk", "priority": 5}]
    problem = team(clinicians=people, requests=[first("W1", priority=1), *own], clients=CLIENTS)
    done = rolled(problem, 1, RollCaseload(rules=ALL_ROUTINE))
    assert taken(done) == [[("W1", "C1")]]
    assert beside(done)[0].taken[0].routed_later


CLIENTS = [
    {"id": "K1", "clinician": "C1"},
    {"id": "K2", "clinician": "C2"},
    {"id": "W1", "waiting_since": "2026-09-01"},
]


def restricted(clinician: str | None, until: str) -> tuple[LedgerEntry, ...]:
    """Give a ledger in which leadership has closed intakes before the first week."""
    opened = ExceptionOpened(
        breach="Over the cap",
        mitigation="Two transfers",
        recovery_plan="Agency nurse",
        owner="L1",
        review_on=date.fromisoformat(until),
        clinician=clinician,
    )
    decided = ExceptionDecided(entry=1, decision="restrict_intakes", until=date.fromisoformat(until))
    return entries((opened, "2026-10-01"), (decided, "2026-10-02"))


def test_restricted_intakes_are_closed_in_their_weeks_and_open_after_them() -> None:
    """Leadership would close a panel, and the plan send clients there; or it would stay closed for ever."""
    done = rolled(team(), 3, RollCaseload(rules=ALL_ROUTINE, ledger=restricted(None, "2026-10-14")))
    assert [len(own) for own in taken(done)] == [0, 0, 3]
    rows = [own.row for own in beside(done)]
    assert [row.restricted for row in rows] == [1, 1, 0]
    assert [row.held_back.get("intakes_restricted", 0) for row in rows] == [3, 3, 0]
    assert [row.exceptions_overdue for row in rows] == [0, 0, 1]
    one = rolled(team(), 1, RollCaseload(rules=ALL_ROUTINE, ledger=restricted("C1", "2026-10-14")))
    assert {clinician for _, clinician in taken(one)[0]} == {"C2"}


def test_overrides_are_told_in_the_weeks_in_which_they_are_in_force() -> None:
    """An override would go on for ever, or end without anybody seeing it."""
    ledger = entries(
        (override("breaks", date(2026, 10, 16)), "2026-10-02"),
        (
            Override(rule="continuity", client="K1", until=date(2026, 10, 25), confirmed_by=SECOND),
            "2026-10-08",
        ),
    )
    rows = [own.row for own in beside(rolled(team(), 4, RollCaseload(ledger=ledger)))]
    assert [row.overrides for row in rows] == [1, 2, 1, 0]
    assert [row.overrides_ended for row in rows] == [0, 0, 1, 1]


def test_what_was_decided_for_a_later_date_counts_from_then_on() -> None:
    """A cap, a band or a transfer would count a month early, or never."""
    ledger = entries(
        (CapChange(clinician="C2", before="9", after="2"), "2026-10-13"),
        (BandConfirmed(client="K1", before="moderate", after="high"), "2026-10-13"),
        (Transferred(client="K1", giver="C1", taker="C2", confirmed_by=SECOND), "2026-10-20"),
        (CapChange(clinician="C1", before="9", after="3"), "2026-09-30"),  # the problem says that already
    )
    done = rolled(team(), 4, RollCaseload(ledger=ledger))
    people = [{p.id: p for p in planned.problem.clinicians} for planned in done.weeks]
    clients = [planned.problem.by_code.clients["K1"] for planned in done.weeks]
    assert [own["C2"].caseload_cap for own in people] == [9, 9, 2, 2]
    assert [own["C1"].caseload_cap for own in people] == [9] * 4
    assert [client.band for client in clients] == ["moderate", "moderate", "high", "high"]
    assert [client.clinician for client in clients] == ["C1", "C1", "C1", "C2"]


@pytest.mark.parametrize(
    ("mode", "changed", "proposed"),
    [
        (BandsTaken.NONE, [], {"K1", "K2"}),
        (BandsTaken.UP, ["K1"], {"K2"}),
        (BandsTaken.ALL, ["K1", "K2"], set()),
    ],
)
def test_bands_wait_for_a_clinician_unless_they_are_taken_as_confirmed(
    mode: BandsTaken, changed: list[str], proposed: set[str]
) -> None:
    """A program would change somebody's acuity, and nobody know that it did."""
    clients = [
        {"id": "K1", "clinician": "C1", "band": "low", "flags": ["volatile"]},
        {
            "id": "K2",
            "clinician": "C2",
            "band": "high",
            "next_review": "2026-10-06",
            "last_contact": "2026-10-02",
        },
    ]
    own = bands(contact_type=None, review_type=None)
    done = rolled(week(clients=clients, requests=[], bands=own), 1, RollCaseload(bands=mode))
    (found,) = beside(done)
    assert [each.client for each in found.bands] == changed
    assert {each.client for each in found.proposed} == proposed
    assert (found.row.bands_changed, found.row.bands_proposed) == (len(changed), len(proposed))
    told = [said.content for said in found.decisions if isinstance(said.content, BandConfirmed)]
    assert [(each.client, each.after) for each in told] == [
        (code, {"K1": "moderate", "K2": "moderate"}[code]) for code in changed
    ]


def test_who_leaves_and_who_starts() -> None:
    """The clients of whoever leaves would be forgotten, or somebody new be full on the first day."""
    starting = {"id": "C3", "working": HOURS, "caseload_cap": 8}
    changes = known(
        leavers=[{"clinician": "C2", "on": "2026-10-14"}],
        starts=[{"clinician": starting, "on": "2026-10-21", "ramp": [0.5]}],
    )
    problem = team(
        requests=[{"id": "R2", "client": "K2", "session_type": "talk", "every": 1}], clients=CLIENTS[:2]
    )
    done = rolled(problem, 4, RollCaseload(rules=ALL_ROUTINE, expected=changes))
    teams = [[person.id for person in planned.problem.clinicians] for planned in done.weeks]
    assert teams == [["C1", "C2"], ["C1", "C2"], ["C1", "C3"], ["C1", "C3"]]
    # From the day on there is nothing of the leaver, nor before it of whoever starts.
    second, third = done.weeks[1], done.weeks[2]
    assert all(
        a.start.date() < date(2026, 10, 14) for a in second.schedule.appointments if "C2" in a.clinicians
    )
    assert all(
        a.start.date() >= date(2026, 10, 21) for a in third.schedule.appointments if "C3" in a.clinicians
    )
    caps = [planned.problem.by_code.clinicians["C3"].caseload_cap for planned in done.weeks[2:]]
    assert caps == [4, 8]
    assert "K2" in {client for own in taken(done)[2:] for client, _ in own}
    assert all(planned.verification.compliant for planned in done.weeks)


def test_clients_are_never_lost_between_the_weeks() -> None:
    """Somebody would vanish from the waitlist without ever having been seen."""
    coming = [
        {"client": {"id": f"N{n}"}, "on": str(FIRST + timedelta(days=3 * n)), "request": first(f"N{n}")}
        for n in range(1, 7)
    ]
    leaving = known(referrals=coming, discharges=[{"client": "K1", "on": "2026-10-19"}])
    done = rolled(team(cap=6), 4, RollCaseload(rules=ALL_ROUTINE, expected=leaving))
    rows = [own.row for own in beside(done)]
    assert rows[0].waiting_all == 3 + rows[0].referred - rows[0].taken
    for before, after in pairwise(rows):
        assert after.waiting_all == before.waiting_all + after.referred - after.taken
    totals = done.summary.totals
    assert totals is not None
    assert totals.caseload is not None
    assert totals.caseload.taken == sum(row.taken for row in rows)
    assert totals.caseload.waiting_end == rows[-1].waiting_all
    assert [own.actuals.week_start for own in beside(done)] == [p.problem.week_start for p in done.weeks]
    assert [len(own.actuals.first_contacts or ()) for own in beside(done)] == [row.taken for row in rows]
    assert all(own.actuals.visits is None for own in beside(done))  # what happens on the day is not known


def test_the_same_again_and_without_a_caseload_as_before() -> None:
    """A quarter could not be made again; or whoever asks for none of it would get another week."""
    one, other = (rolled(team(cap=6), 2, RollCaseload(rules=ALL_ROUTINE)) for _ in range(2))
    assert [w.schedule for w in one.weeks] == [w.schedule for w in other.weeks]
    assert [w.caseload for w in one.weeks] == [w.caseload for w in other.weeks]
    plain = roll(team(), 1, time_limit=None, **LIMITS)
    left = rolled(team(), 1, RollCaseload(waitlist=False))
    assert (plain.weeks[0].caseload, plain.weeks[0].row.caseload) == (None, None)
    assert plain.weeks[0].schedule == left.weeks[0].schedule


def test_faults_are_told_together_before_anything_is_planned() -> None:
    """A slip in one file would end the roll in its tenth week."""
    changes = known(
        discharges=[{"client": "K9", "on": "2026-10-12"}],
        referrals=[{"client": {"id": "K1", "band": "lo"}, "on": "2026-10-01"}],
        leavers=[{"clinician": "C9", "on": "2026-10-12", "takes_over": "C8"}],
    )
    with pytest.raises(ArgumentError) as caught:
        rolled(team(session_types=[{"id": "first", "minutes": 60}]), 2, RollCaseload(expected=changes))
    assert {(fault.code, fault.place) for fault in caught.value.faults} >= {
        ("unknown_reference", "discharges[0].client"),
        ("unknown_reference", "leavers[0].clinician"),
        ("unknown_reference", "leavers[0].takes_over"),
        ("out_of_range", "referrals[0].on"),
        ("duplicate_id", "referrals[0].client.id"),
        ("unknown_reference", "referrals[0].client.band"),
        ("missing_argument", "referrals[0].request"),
    }
    with pytest.raises(ArgumentError):
        roll(team(), 1, caseload=object())  # type: ignore[arg-type]
