"""An override that has ended is in force nowhere: every call that takes overrides or a ledger is tried."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

import safeschedule
from safeschedule import (
    Desk,
    InputError,
    LedgerEntry,
    OverrideInForce,
    RollCaseload,
    SickCall,
    check_move,
    ledger_view,
    overrides_in_force,
    replan,
    roll,
    route_intake,
    solve,
    verify,
)
from tests.api.answers import LIMITS, problem, result, schedule
from tests.ledger.statements import override, statement
from tests.ledger.test_overrides import entries, excused_week

MONDAY = date(2026, 10, 5)
BEFORE = MONDAY - timedelta(days=1)
CALL = SickCall(clinician="C2", start=datetime(2026, 10, 6, 9), end=datetime(2026, 10, 6, 12))

TRIED = {"Desk", "check_move", "replan", "solve", "verify"}
"""What takes overrides; each is tried here."""
VIEWS = {
    "RollCaseload",
    "allocate_intakes",
    "huddle_agenda",
    "panel_forecast",
    "panel_status",
    "route_intake",
}
"""What takes a ledger, or what it says on a date."""
ANSWERS = {"CaseloadRow", "CaseloadWeek", "ChainAccount", "EvidencePack", "LedgerView", "Verification"}
"""What only tells of them."""


def ended() -> tuple[OverrideInForce, ...]:
    """Give what would excuse a week without one block, had it not ended on the day before."""
    return tuple(replace(o, since=BEFORE - timedelta(days=7), until=BEFORE) for o in excused_week()[1])


def test_every_call_that_takes_overrides_is_tried_here() -> None:
    """A new call would heed what has ended, and no test would look."""
    names = {"overrides", "ledger", "view"}
    found = set()
    for name in safeschedule.__all__:
        try:
            asked = inspect.signature(getattr(safeschedule, name)).parameters
        except (TypeError, ValueError):
            continue
        if names & set(asked):
            found.add(name)
    assert found - ANSWERS == TRIED | VIEWS


def test_what_has_ended_excuses_nothing_and_is_not_told_as_in_force() -> None:
    """A break would be missing by an exception that nobody stands for any more."""
    week, overrides = excused_week()
    assert verify(problem(), week, overrides=overrides).compliant
    account = verify(problem(), week, overrides=ended())
    assert account.findings == verify(problem(), week).findings
    assert (account.compliant, account.excused, account.overrides) == (False, (), ())
    assert len(account.refused) == len(overrides)
    assert all(f"it ended on {BEFORE}" in told for told in account.refused)
    assert "In force" not in str(account)


def test_what_begins_after_the_week_excuses_nothing() -> None:
    """A decision of next week would count in this one."""
    week, overrides = excused_week()
    later = MONDAY + timedelta(days=7)
    account = verify(problem(), week, overrides=[replace(o, since=later, until=later) for o in overrides])
    assert (account.compliant, account.excused, account.overrides) == (False, (), ())
    assert all(f"it begins on {later}" in told for told in account.refused)


def test_no_plan_tells_of_what_has_ended() -> None:
    """A plan's notes would say that a rule does not bind which does."""
    found = solve(problem(), workers=1, overrides=ended(), **LIMITS)
    assert (found.schedule, found.explanation) == (result().schedule, result().explanation)
    assert found.verification is not None
    assert found.verification.overrides == ()
    again = replan(problem(), schedule(), [CALL], overrides=ended(), **LIMITS)
    assert again.notes == replan(problem(), schedule(), [CALL], **LIMITS).notes


def test_no_plan_is_made_again_of_a_week_whose_excuse_has_ended() -> None:
    """A week that breaks a rule would be gone on with as if it kept it."""
    with pytest.raises(InputError):
        replan(problem(), excused_week()[0], [CALL], overrides=ended(), **LIMITS)


def test_no_move_uses_what_has_ended() -> None:
    """Somebody could do by hand what nobody has answered for since last week."""
    plain = Desk(problem(), schedule())
    times = [datetime(2026, 10, day, hour) for day in (5, 6) for hour in range(9, 16)]
    refused = next(to for to in times if not plain.check_move("R0", to=to).allowed)
    breaks = plain.check_move("R0", to=refused).breaks
    assert Desk(problem(), schedule(), overrides=ended()).check_move("R0", to=refused).breaks == breaks
    once = check_move(problem(), schedule(), "R0", to=refused, overrides=ended())
    assert (once.breaks, once.excused) == (breaks, ())


def written(until: date) -> Sequence[LedgerEntry]:
    at = datetime.fromisoformat("2026-09-25T09:00:00+00:00")
    return entries(statement(override("breaks", until), at=at))


@pytest.mark.parametrize("on", [MONDAY + timedelta(days=n) for n in (0, 3, 30)])
def test_a_view_of_a_later_date_has_none_in_force(on: date) -> None:
    """Panels, huddles and routing would speak of an exception that has ended."""
    assert ledger_view(written(BEFORE), BEFORE).in_force
    assert ledger_view(written(BEFORE), on).in_force == ()
    assert overrides_in_force(written(BEFORE), on) == ()


def test_routing_proposes_the_same_with_an_override_in_force_and_ended() -> None:
    """A referral would go to somebody whose week has room only by an exception."""
    asked: dict[str, Any] = {
        "client": safeschedule.Client(id="NEW"),
        "request": safeschedule.Request(id="first", client="NEW", session_type="talk"),
        "weeks": 1,
    }
    plain = route_intake(problem(), schedule(), **asked).to_dict()
    for until in (BEFORE, MONDAY + timedelta(days=4)):
        view = ledger_view(written(until), MONDAY)
        assert route_intake(problem(), schedule(), ledger=view, **asked).to_dict() == plain


def test_a_week_rolled_after_the_end_is_verified_without_it() -> None:
    """An exception of last month would be part of each week to come."""
    done = roll(problem(), 1, caseload=RollCaseload(ledger=written(BEFORE)), **LIMITS)
    (week,) = done.weeks
    assert week.verification.overrides == ()
    assert "In force" not in str(week.verification)
