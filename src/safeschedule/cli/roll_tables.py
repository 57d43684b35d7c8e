"""The waits, panels and decisions of a roll, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table

from safeschedule.cli.console import plain
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.rolling import CaseloadRow, CaseloadTotals, Summary, WeekRow

STATES = ("accepting", "limited", "full", "over")
"""Of a panel, as columns."""


def weeks_table(*names: str) -> Table:
    """Return a table with a row a week and these columns."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    for name in names:
        table.add_column(name, justify="left" if name == "week of" else "right")
    return table


def print_caseload(to: Console, summary: Summary) -> None:
    """Print who came and who waits, the panels, and what was decided."""
    weeks = [(row, row.caseload) for row in summary.weeks if row.caseload is not None]
    waits = weeks_table("week of", "came", "left", "taken", "later", "days", "most", "in time", "waiting",
                        "late", "longest")  # fmt: skip
    panels = weeks_table("week of", "points", "of", *STATES, "top fifth")
    decided = weeks_table("week of", "bands", "proposed", "overrides", "ended", "closed", "overdue", "silent")
    for row, own in weeks:
        waits.add_row(*_waits(row, own))
        panels.add_row(*_panels(row, own))
        decided.add_row(*_decided(row, own))
    for title, table in (("Waits", waits), ("Panels", panels), ("Decisions", decided)):
        to.print(title, style="bold")
        to.print(table)
    for line in _held_back([own for _, own in weeks]):
        hanging(to, line, indent=0)


def caseload_line(totals: CaseloadTotals) -> str:
    """Return waits and panels over all weeks, in words."""
    waited = "" if totals.waited_mean is None else f" after {totals.waited_mean:.1f} days on average"
    most = "" if totals.waited_most is None else f", {totals.waited_most} at most"
    share = totals.in_time_share
    in_time = "" if share is None else f"; {100 * share:.0f} % of them by the target of their class"
    return (
        f"Caseload: {totals.referred} came, {totals.taken} were taken{waited}{most}{in_time}, "
        f"{totals.discharged} left. Waiting at the end: {totals.waiting_end}, after the first week: "
        f"{totals.waiting_first}."
    )


def _waits(row: WeekRow, own: CaseloadRow) -> tuple[str, ...]:
    return (
        str(row.week_start),
        str(own.referred),
        str(own.discharged),
        str(own.taken),
        str(own.routed_later),
        "-" if own.waited_mean is None else f"{own.waited_mean:.1f}",
        "-" if own.waited_most is None else str(own.waited_most),
        f"{own.in_time} of {own.with_target}" if own.with_target else "-",
        str(own.waiting_all),
        str(own.over_target),
        "-" if own.longest is None else str(own.longest),
    )


def _panels(row: WeekRow, own: CaseloadRow) -> tuple[str, ...]:
    states = {str(state): number for state, number in own.panels.items()}
    share = own.high_acuity_share
    return (
        str(row.week_start),
        f"{own.points.normalize():f}",
        "-" if own.cap is None else f"{own.cap.normalize():f}",
        *(str(states.get(name, 0)) for name in STATES),
        "-" if share is None else f"{100 * share:.0f} %",
    )


def _decided(row: WeekRow, own: CaseloadRow) -> tuple[str, ...]:
    figures = (
        own.bands_changed,
        own.bands_proposed,
        own.overrides,
        own.overrides_ended,
        own.restricted,
        own.exceptions_overdue,
    )
    silent = "-" if own.unreported is None else str(own.unreported)
    return (str(row.week_start), *map(str, figures), silent)


def _held_back(rows: list[CaseloadRow]) -> Iterator[str]:
    """Yield which rules kept how many clients from everybody, in the weeks together."""
    rules = dict.fromkeys(rule for row in rows for rule in row.held_back)
    told = [f"{plain(rule)} {sum(row.held_back.get(rule, 0) for row in rows)}" for rule in rules]
    if told:
        yield f"Kept from every clinician, clients and weeks together, by rule: {', '.join(told)}."
