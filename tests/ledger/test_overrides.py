"""Overrides in force: they excuse what they name, show, end on their date, and no search gains from one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule import (
    Desk,
    InputError,
    OverrideInForce,
    Problem,
    RuleSetting,
    Schedule,
    SickCall,
    Verification,
    overrides_in_force,
    replan,
    solve,
    verify,
)
from safeschedule.catalogue import Tier, rules
from safeschedule.ledger import Correction, Ledger, LedgerEntry
from safeschedule.ledger.chain import Link, chained, entry_of
from safeschedule.verifier.excusing import excuse
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.week import Week
from tests.api.answers import LIMITS, problem, result, schedule
from tests.ledger.statements import LEAD, MONDAY, SECOND, override, statement

WEEK = [date(2026, 10, 5) + timedelta(days=n) for n in range(7)]
CODES = [person.id for person in problem().clinicians] + [client.id for client in problem().clients]


@cache
def broken() -> Schedule:
    """Give the week without its protected time, which breaks rules of several tiers for everybody."""
    return schedule().model_copy(update={"blocks": ()})


@cache
def judged() -> tuple[Week, Verification]:
    return Week(problem(), broken()), verify(problem(), broken())


def in_force(rule: str, whom: str, **changes: Any) -> OverrideInForce:
    """Give an override with two keys for somebody, for the whole week."""
    client = whom.startswith("P")
    made = OverrideInForce(
        entry=1,
        rule=rule,
        clinician=None if client else whom,
        client=whom if client else None,
        since=WEEK[0],
        until=WEEK[6],
        by="L1",
        by_role="service_lead",
        second="L2",
        second_role="supervisor",
        why="Agreed",
    )
    return replace(made, **changes)


def for_all(findings: Iterable[Finding]) -> list[OverrideInForce]:
    """Give an override for each clinician and rule of some findings."""
    people = {person.id for person in problem().clinicians}
    pairs = dict.fromkeys((f.rule, who) for f in findings if f.hard for who in f.who if who in people)
    return [in_force(rule, who, entry=number) for number, (rule, who) in enumerate(pairs, start=1)]


def hard(account: Verification) -> list[Finding]:
    return [finding for finding in account.findings if finding.hard]


# Rules that are broken here and others, dates in the week and before its end, one key or two.
OVERRIDES = st.lists(
    st.builds(
        in_force,
        st.sampled_from(
            ["breaks", "documentation", "supervision", "consultation", "no_overlap", "leave", "siesta"]
        ),
        st.sampled_from(CODES[:6]),
        entry=st.integers(1, 9),
        since=st.sampled_from([WEEK[0], WEEK[1]]),
        until=st.sampled_from([WEEK[0], WEEK[1], WEEK[6]]),
        second=st.sampled_from(["L2", "", "L1", "C0"]),
    ),
    max_size=8,
)


def excused_by_hand(finding: Finding, overrides: list[OverrideInForce], book: Problem) -> bool:
    """Return what the definition says, written down a second time."""
    last = max(a.start.date() for a in broken().appointments)
    on = last if finding.when is None else finding.when.date()
    people, clients = {c.id for c in book.clinicians}, {c.id for c in book.clients}

    def counts(o: OverrideInForce) -> bool:
        tier = rules()[o.rule].tier if o.rule in rules() else None
        keys = o.second not in ("", o.by) and o.clinician not in (o.by, o.second)
        sound = (tier is Tier.SAFETY and keys) or (
            tier not in (None, Tier.PHYSICAL, Tier.SAFETY) and o.second != o.by
        )
        return sound and o.rule == finding.rule and o.since <= on <= o.until

    named = [{o.clinician for o in overrides if counts(o)}, {o.client for o in overrides if counts(o)}]
    groups = [set(finding.who) & people, set(finding.who) & clients]
    return any(group and group <= covered for group, covered in zip(groups, named, strict=True))


@settings(max_examples=200)
@given(OVERRIDES)
def test_just_what_overrides_name_is_excused(overrides: list[OverrideInForce]) -> None:
    """Somebody else or another day would lose its protection, or the override be worth nothing."""
    week, before = judged()
    account = excuse(week, before, overrides)
    excused = [each.finding for each in account.excused]
    assert Counter(hard(account)) + Counter(excused) == Counter(hard(before))
    assert all(excused_by_hand(f, overrides, problem()) for f in excused)
    assert not any(excused_by_hand(f, overrides, problem()) for f in hard(account))
    assert account.amounts == before.amounts
    assert account.overrides == tuple(overrides)
    assert len(account.exceptions) == len(excused) + len(overrides) + len(account.refused)


def test_a_week_that_is_excused_says_so_wherever_it_is_told() -> None:
    """Compliant would be all that a reader sees of a week without a break."""
    # What names nobody, such as a missing urgent slot, cannot be excused for anybody.
    nobody = {f.rule: RuleSetting(enabled=False) for f in hard(judged()[1]) if not set(f.who) & set(CODES)}
    asked = problem().with_settings(nobody)
    found = hard(verify(asked, broken()))
    account = verify(asked, broken(), overrides=for_all(found))
    assert account.compliant
    assert account.qualified
    assert len(account.excused) == len(found)
    assert all(finding.rule in account.qualification for finding in found)
    assert all(f"[{finding.rule}] {finding.sentence}" in str(account) for finding in found)
    assert "In force: " in str(account)
    assert Verification.from_dict(account.to_dict()) == account


def entries(*statements: Any) -> list[LedgerEntry]:
    links: list[Link] = []
    for said in statements:
        links.append(chained(said, links[-1] if links else None))
    return [entry_of(link) for link in links]


@pytest.mark.parametrize(
    ("on", "numbers"),
    [(date(2026, 10, 4), []), (date(2026, 10, 5), [1]), (date(2026, 10, 9), [1]), (date(2026, 10, 10), [])],
)
def test_an_override_is_in_force_from_its_entry_to_its_date(on: date, numbers: list[int]) -> None:
    """An expired override would go on, or one that is decided tomorrow count today."""
    assert [o.entry for o in overrides_in_force(entries(statement(override())), on)] == numbers


def test_a_withdrawn_override_is_in_force_no_more() -> None:
    """A decision that was taken back would go on until its date."""
    tuesday = MONDAY + timedelta(days=1)
    taken_back = statement(Correction(entry=1, correct="Not agreed after all", withdraws=True), at=tuesday)
    noted = statement(Correction(entry=1, correct="Agreed by telephone"), at=tuesday)
    written = entries(statement(override()), taken_back)
    assert [len(overrides_in_force(written, day)) for day in WEEK[:3]] == [1, 0, 0]
    assert len(overrides_in_force(entries(statement(override()), noted), WEEK[2])) == 1


@pytest.mark.parametrize(
    "content",
    [
        override(confirmed_by=None),
        override(confirmed_by=LEAD),
        override(clinician=SECOND.code),
        override("no_overlap"),
        override("siesta", confirmed_by=None),
        override(client="K1"),
    ],
)
def test_an_override_that_lacks_a_key_is_refused_everywhere(content: Any, tmp_path: Any) -> None:
    """One person could lift a rule that protects somebody, by a program that writes into the ledger."""
    with pytest.raises(InputError):
        Ledger(tmp_path / "ledger.db", create=True).add(statement(content))
    # Chained by hand, as another program could: it is read, and in force nowhere.
    assert overrides_in_force(entries(statement(content)), WEEK[0]) == ()


def test_a_rulebook_may_ask_for_more_keys_than_the_catalogue() -> None:
    """A service that counts continuity as safety would have it lifted by one person."""
    away = {"continuity": RuleSetting(tier=Tier.SAFETY)}
    asked = [(problem(), ""), (problem().with_settings(away), "needs a second key")]
    for book, reason in asked:
        account = verify(book, schedule(), overrides=[in_force("continuity", "C0", second="")])
        assert reason in " ".join(account.refused)
        assert bool(account.refused) == bool(reason)


def test_no_search_gains_from_an_override() -> None:
    """The optimiser would take a lifted rule for room, and make the exception the plan."""
    overrides = [
        in_force(rule, person.id) for rule in ("breaks", "documentation") for person in problem().clinicians
    ]
    found = solve(problem(), workers=1, overrides=overrides, **LIMITS)
    assert found.schedule == result().schedule
    assert found.verification is not None
    assert (found.verification.overrides, found.verification.excused) == (tuple(overrides), ())
    told = [line for line in found.explanation if "no search uses an override" in line]
    assert len(told) == len(overrides)


@cache
def excused_week() -> tuple[Schedule, tuple[OverrideInForce, ...]]:
    """Give a week that lacks one block, with the overrides that excuse it."""
    blocks = schedule().blocks
    for number in range(len(blocks)):
        week = schedule().model_copy(update={"blocks": (*blocks[:number], *blocks[number + 1 :])})
        found = hard(verify(problem(), week))
        overrides = tuple(for_all(found))
        if found and verify(problem(), week, overrides=overrides).compliant:
            return week, overrides
    raise AssertionError("every block is asked for by a rule that nobody can override")


def test_a_plan_made_again_has_no_exception_that_was_not_there() -> None:
    """The search would spread an exception, or what people have answered for be in the way of every plan."""
    week, overrides = excused_week()
    call = SickCall(clinician="C2", start=datetime(2026, 10, 6, 9), end=datetime(2026, 10, 6, 12))
    with pytest.raises(InputError):
        replan(problem(), week, [call], **LIMITS)
    found = replan(problem(), week, [call], overrides=overrides, **LIMITS)
    assert found.schedule is not None
    assert found.verification is not None
    assert found.verified
    assert found.verification.overrides == overrides
    before = verify(problem(), week, overrides=overrides).excused
    assert set(found.verification.excused) <= set(before)
    told = [note for note in found.notes if note.startswith("Excused by")]
    stayed = [note for note in told if note.endswith("It stays as it was.")]
    assert (len(told), len(stayed)) == (len(before), len(found.verification.excused))
    assert found.schedule.provenance is not None
    assert found.schedule.provenance.verified == (not stayed)


def test_a_move_by_hand_may_use_an_override() -> None:
    """Somebody with two keys could not do by hand what they have answered for."""
    plain = Desk(problem(), schedule())
    refused = next(
        check
        for day in (5, 6)
        for hour in range(9, 16)
        if (check := plain.check_move("R0", to=datetime(2026, 10, day, hour))).breaks
        and {f.tier for f in check.breaks} == {"safety"}
    )
    overrides = for_all(refused.breaks)
    desk = Desk(problem(), schedule(), overrides=overrides)
    check = desk.check_move("R0", to=refused.after.start)
    assert check.allowed
    assert [each.finding for each in check.excused] == list(refused.breaks)
    assert verify(problem(), check.schedule, overrides=overrides).compliant
    expired = [replace(o, until=WEEK[0] - timedelta(days=1)) for o in overrides]
    again = Desk(problem(), schedule(), overrides=expired).check_move("R0", to=refused.after.start)
    assert again.breaks == refused.breaks
