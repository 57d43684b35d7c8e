"""What is open on a date, what is overdue, and whose intakes are restricted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from safeschedule import ArgumentError, CapacityException, NoSchedule
from safeschedule.ledger import (
    Content,
    Correction,
    ExceptionDecided,
    ExceptionOpened,
    HuddleAction,
    LedgerEntry,
    LedgerView,
    PolicySet,
    Resolved,
    Statement,
    ledger_view,
)
from safeschedule.ledger.chain import Link, chained, entry_of
from tests.api.answers import problem
from tests.ledger.statements import concern, statement


def on(day: int, content: Content) -> Statement:
    return statement(content, at=datetime(2026, 10, day, 9, tzinfo=UTC))


def opened(clinician: str | None = None) -> ExceptionOpened:
    plan = {"mitigation": "Move two", "recovery_plan": "Agency nurse", "owner": "L1"}
    return ExceptionOpened(breach="Over", review_on=date(2026, 10, 20), clinician=clinician, **plan)


def restricted(entry: int, until: int) -> ExceptionDecided:
    return ExceptionDecided(entry=entry, decision="restrict_intakes", until=date(2026, 10, until))


def view(day: int, *said: Statement) -> LedgerView:
    links: list[Link] = []
    for each in said:
        links.append(chained(each, links[-1] if links else None))
    entries: list[LedgerEntry] = list(map(entry_of, links))
    return ledger_view(entries, date(2026, 10, day))


def test_an_exception_waits_for_leadership_and_then_for_its_review() -> None:
    """An overload would be absorbed in silence: nobody asked to decide, or to look again."""
    said = (on(5, PolicySet(decision_days=3)), on(5, opened()), on(7, restricted(2, 15)))
    assert [(m.due, m.overdue) for m in view(6, *said).open] == [(date(2026, 10, 8), False)]
    assert [(m.due, m.overdue) for m in view(9, *said[:2]).open] == [(date(2026, 10, 8), True)]
    assert [(m.due, m.overdue) for m in view(9, *said).open] == [(date(2026, 10, 20), False)]
    assert view(9, *said, on(9, Resolved(entry=2, outcome="Inside again"))).open == ()


def test_what_is_overdue_comes_first_and_what_nobody_owns_says_so() -> None:
    """A huddle's action without an owner would be done by nobody."""
    action = HuddleAction(action="Call K1", due=date(2026, 10, 6))
    found = view(8, statement(concern("Too much").content), on(5, action)).open
    assert [(m.kind, m.overdue) for m in found] == [("huddle_action", True), ("concern_raised", False)]
    assert "NOBODY" in str(found[0])
    assert view(8, on(5, action), on(6, Correction(entry=1, correct="Not needed", withdraws=True))).open == ()


@pytest.mark.parametrize(
    ("day", "said", "whose"),
    [
        (7, [on(5, opened("C1"))], []),
        (7, [on(5, opened("C1")), on(7, restricted(1, 15))], ["C1"]),
        (6, [on(5, opened("C1")), on(7, restricted(1, 15))], []),
        (15, [on(5, opened()), on(7, restricted(1, 15))], [None]),
        (16, [on(5, opened()), on(7, restricted(1, 15))], []),
        (9, [on(5, opened()), on(7, restricted(1, 15)), on(8, Resolved(entry=1, outcome="Well"))], []),
        (
            9,
            [
                on(5, opened()),
                on(7, restricted(1, 15)),
                on(8, Correction(entry=2, correct="No", withdraws=True)),
            ],
            [],
        ),
        (9, [on(5, opened()), on(7, restricted(1, 15)), on(8, restricted(1, 8))], []),
    ],
)
def test_intakes_are_restricted_from_the_decision_to_its_date(
    day: int, said: list[Statement], whose: list[str | None]
) -> None:
    """Referrals would be taken by whoever has no room, or be refused for ever."""
    assert [restriction.clinician for restriction in view(day, *said).restricted] == whose


def test_the_document_of_a_week_without_a_schedule_goes_into_the_ledger_when_it_is_filled_in() -> None:
    """A capacity exception would be opened that nobody owns."""
    bare = CapacityException(problem(), NoSchedule(possible=False), owner="L1")
    with pytest.raises(ArgumentError) as caught:
        bare.opened()
    assert [fault.place for fault in caught.value.faults] == ["mitigation", "recovery_plan", "review_on"]
