"""Panels and the ledger: restricted intakes close, overdue exceptions shout, nobody is over in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from safeschedule import exception_of_panel, panel_forecast, panel_status
from safeschedule.caseload.panels import Panel, PanelState
from safeschedule.ledger import (
    Content,
    ExceptionDecided,
    ExceptionOpened,
    LedgerEntry,
    LedgerView,
    Resolved,
    ledger_view,
)
from safeschedule.ledger.chain import Link, chained, entry_of
from safeschedule.problem import Problem
from tests.caseload.team import client, problem
from tests.ledger.statements import statement

PLAN = {"mitigation": "Two transfers", "recovery_plan": "Agency nurse", "owner": "L1"}


def crowded() -> Problem:
    """Give a week in which C1 carries 70 points of 60, and C2 nobody."""
    return problem(client("K1", points=70), client("W", clinician=None))


def opened(clinician: str | None = "C1", review_on: date = date(2026, 10, 20)) -> ExceptionOpened:
    return exception_of_panel(panel_status(crowded()), clinician, review_on=review_on, **PLAN)


def restricts(until: date) -> Content:
    return ExceptionDecided(entry=1, decision="restrict_intakes", until=until)


def view(on: date, *contents: Content) -> LedgerView:
    """Give what a ledger says in which one thing after the other was written on 1 October."""
    links: list[Link] = []
    for content in contents:
        said = statement(content, at=datetime(2026, 10, 1, 9, tzinfo=UTC))
        links.append(chained(said, links[-1] if links else None))
    entries: list[LedgerEntry] = [entry_of(link) for link in links]
    return ledger_view(entries, on)


def states(panel: Panel) -> list[PanelState]:
    return [row.state for row in (*panel.clinicians, *(team.row for team in panel.teams))]


def test_the_entry_tells_the_panels_own_figures() -> None:
    """The ledger would hold another breach than the panel, or one that nobody can check."""
    found = opened()
    assert found.kind == "exception_opened"
    figures = "C1: 70 points of 60, over the cap: no room for low, moderate, high and very_high."
    assert found.breach == f"Week of 2026-10-05. {figures}"
    assert opened(None).clinician is None


@pytest.mark.parametrize(
    ("whose", "until", "expected"),
    [
        ("C1", date(2026, 10, 20), ["over", "accepting", "accepting"]),
        (None, date(2026, 10, 5), ["over", "full", "full"]),
        (None, date(2026, 10, 4), ["over", "accepting", "accepting"]),
    ],
)
def test_restricted_intakes_close_the_panel_in_every_week_into_which_they_last(
    whose: str | None, until: date, expected: list[str]
) -> None:
    """A panel would say that it takes clients whom intake has to refuse."""
    ledger = view(date(2026, 10, 2), opened(whose), restricts(until))
    panel = panel_status(crowded(), ledger=ledger)
    assert states(panel) == expected
    closed = [why.sentence for why in panel.clinicians[1].because if why.rule == "intakes_restricted"]
    whole = f"Intakes are restricted for the whole team until {until} "
    told = f"{whole}(capacity exception, entry 1 of the ledger)."
    assert closed == ([told] if expected[1] == "full" else [])


def test_overdue_exceptions_shout_first_and_nobody_is_over_in_silence() -> None:
    """An overload would be absorbed in silence: that is what exceptions are against."""
    waiting = panel_status(crowded(), ledger=view(date(2026, 10, 9), opened()))
    assert waiting.shouts()[0].startswith(
        "Capacity exception, entry 1, OVERDUE since 2026-10-06, L1: Leadership"
    )
    assert str(waiting).startswith(waiting.shouts()[0])
    assert waiting.unreported == ()
    for silent in (
        view(date(2026, 10, 9)),
        view(date(2026, 10, 9), opened(), Resolved(entry=1, outcome="So")),
    ):
        assert panel_status(crowded(), ledger=silent).unreported == ("C1",)
    ended = view(date(2026, 10, 16), opened(), restricts(date(2026, 10, 15)))
    assert "OVERDUE since 2026-10-15" in panel_status(crowded(), ledger=ended).shouts()[0]


def test_the_forecast_has_no_room_before_a_restriction_ends() -> None:
    """A family would be told a week in which leadership has closed intake."""
    ledger = view(date(2026, 10, 2), opened(None), restricts(date(2026, 10, 19)))
    ahead = panel_forecast(crowded(), weeks=5, ledger=ledger)
    assert {room.first for room in ahead.rooms if room.who is None} == {date(2026, 10, 26)}
    assert [week.waiting for week in ahead.weeks] == [1, 1, 1, 0, 0]
    assert [week.rows[1].restricted for week in ahead.weeks] == [True, True, True, False, False]
