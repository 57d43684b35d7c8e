"""``safeschedule panel``: what each clinician carries and has room for, this week and in those ahead."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import ProblemFile, read_both, read_problem, source
from safeschedule.cli.ledger.options import On, TheirLedger, view_of
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.caseload.panels import FirstRoom, Panel, PanelForecast, PanelRow
    from safeschedule.returned import Returned

MaybeSchedule = Annotated[
    str | None, typer.Argument(metavar="[SCHEDULE]", help="Its schedule: open minutes and new clients.")
]
Weeks = Annotated[
    int | None,
    typer.Option(min=1, max=52, metavar="N", help="Also the weeks ahead: how many, with this one."),
]
Expected = Annotated[
    str | None, typer.Option(metavar="FILE", help="Known discharges, and who starts (JSON).")
]
Past = Annotated[
    Path | None, typer.Option("--actuals", metavar="FOLDER", help="What happened: gives ranges to --weeks.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def panel(
    problem: ProblemFile,
    schedule: MaybeSchedule = None,
    weeks: Weeks = None,
    expected: Expected = None,
    actuals: Past = None,
    ledger: TheirLedger = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Tell who can take new clients, of which bands, and the figures that decide it.

    With --ledger also the capacity exceptions that wait, overdue ones first; intakes
    that leadership has restricted are closed.
    """
    from safeschedule.actuals import read_actuals_folder
    from safeschedule.caseload.panels import panel_forecast, panel_status, read_expected

    if weeks is None and (expected is not None or actuals is not None):
        raise typer.BadParameter("--expected and --actuals belong to --weeks")
    view = view_of(ledger, on)
    given, week = (read_problem(problem), None) if schedule is None else read_both(problem, schedule)
    if weeks is None:
        status = panel_status(given, week, ledger=view)
        _answer(status, as_json, lambda to: _tell(to, status))
        return
    known = None if expected is None else read_expected(source(expected))
    past = () if actuals is None else read_actuals_folder(actuals)
    ahead = panel_forecast(given, week, weeks, expected=known, actuals=past, ledger=view)
    _answer(ahead, as_json, lambda to: _tell_ahead(to, ahead))


def _answer(found: Returned, as_json: bool, tell: Callable[[Console], object]) -> None:
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        tell(console())


def _tell(to: Console, found: Panel) -> None:
    overdue = {str(matter) for matter in found.exceptions if matter.overdue}
    for line in found.shouts():
        late = any(line.endswith(each) for each in overdue)
        hanging(to, line, indent=0, style="bold red" if late else "bold")
    to.print(f"Panels in the week of {found.week_start}", style="bold")
    table = _table("", "state", "points", "cap", "high", "cap", "asked", "limit", "open", "overdue")
    for row in found.clinicians:
        table.add_row(*_cells(row))
    table.add_section()
    for team in found.teams:
        table.add_row(*_cells(team.row))
    to.print(table)
    to.print("high: high-acuity clients. asked: sessions of the week. open: minutes with nothing in them.")
    to.print("overdue: contacts and reviews that were due before the week.")
    for row in (*found.clinicians, *(team.row for team in found.teams)):
        for reason in row.because:
            hanging(to, f"{row.who}: {reason.sentence}", indent=0)
    for team in found.teams:
        spread = team.concentration
        if spread.gini is not None and spread.on_most_loaded is not None:
            share = f"{100 * spread.on_most_loaded:.0f} %"
            hanging(
                to,
                f"{team.row.who}: {share} of the high-acuity clients are with {len(spread.most_loaded)} of "
                f"{team.row.members} ({', '.join(spread.most_loaded)}); Gini {spread.gini}.",
                indent=0,
            )
    to.print(f"{len(found.waiting)} clients wait for a clinician.")


def _cells(row: PanelRow) -> list[str]:
    numbers = (
        row.points,
        row.cap,
        row.high_acuity,
        row.high_acuity_cap,
        row.sessions,
        row.sessions_limit,
        row.open_minutes,
        row.contacts_overdue + row.reviews_overdue,
    )
    return [plain(row.who), row.state, *("-" if number is None else _number(number) for number in numbers)]


def _tell_ahead(to: Console, found: PanelForecast) -> None:
    _tell(to, found.panel)
    to.print("The weeks ahead, by what is known today", style="bold")
    likely = found.discharge_rate is not None
    table = _table("week", "headroom", *(["90 % range"] if likely else []), "still waiting")
    for week in found.weeks:
        ends = week.likely_headroom
        range_ = [] if not likely else ["-" if ends is None else f"{_number(ends[0])} to {_number(ends[1])}"]
        table.add_row(str(week.week_start), _number(week.headroom), *range_, str(week.waiting))
    to.print(table)
    to.print("First week with room for one more client, after all who wait", style="bold")
    table = _table("", *dict.fromkeys(room.band for room in found.rooms))
    for who in dict.fromkeys(room.who for room in found.rooms):
        own = [room for room in found.rooms if room.who == who]
        table.add_row(plain(who or "anybody"), *map(_when, own))
    to.print(table)
    if likely:
        to.print(
            f"Ranges (90 %) from {found.weeks_recorded} recorded weeks: "
            f"{found.discharge_rate} discharges for each client and week.",
            soft_wrap=True,
        )
    else:
        to.print(
            "Ranges are not known: they need at least four weeks with recorded discharges.", soft_wrap=True
        )


def _when(room: FirstRoom) -> str:
    first = "later" if room.first is None else f"{room.first:%d %b}"
    if room.likely is None:
        return first
    ends = ["later" if end is None else f"{end:%d %b}" for end in room.likely]
    return first if ends[0] == ends[1] == first else f"{first} ({ends[0]} - {ends[1]})"


def _number(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():f}"


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number and name != "state" else "left")
    return table
