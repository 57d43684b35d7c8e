"""``safeschedule closures``: dates on which the service is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity

if TYPE_CHECKING:
    from safeschedule.problem import Closure, Problem

Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", callback=output_name, help="Where the problem goes, or -."
    ),
]
Country = Annotated[
    str | None, typer.Option(metavar="CODE", help="Add its public holidays: two letters, such as DE.")
]
Region = Annotated[str | None, typer.Option(metavar="CODE", help="Of the country, such as BY for Bavaria.")]
Years = Annotated[
    list[int] | None, typer.Option("--year", metavar="YEAR", help="May be repeated; by itself the week's.")
]
Dates = Annotated[
    list[datetime] | None,
    typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="Add a date by hand; may be repeated."),
]
Name = Annotated[str, typer.Option(metavar="NAME", help="Why it is closed on the dates by hand.")]


def closures(
    problem: ProblemFile,
    country: Country = None,
    region: Region = None,
    year: Years = None,
    dates: Dates = None,
    name: Name = "closed",
    output: Output = None,
    overwrite: Overwrite = False,
) -> None:
    """List the dates on which the service is closed, and add public holidays and others.

    Nobody works on these dates; -o writes the problem with them.
    """
    from safeschedule.exchange.public_holidays import with_closures

    if region is not None and country is None:
        raise typer.BadParameter("--region needs --country")
    check_apart([output], [problem])
    if output is not None:
        check_file(output)
    given = read_problem(problem)
    full = with_closures(given, [*_by_hand(dates or [], name), *_holidays(given, country, region, year)])
    if output is not None:
        write_entity(output, full, overwrite=overwrite)
    to = console(err=output == STANDARD)
    before = {closure.date for closure in given.closures}
    for closure in full.closures:
        new = "" if closure.date in before else " (new)"
        here = " in the week that is planned" if 0 <= (closure.date - given.week_start).days < 7 else ""
        to.print(f"{closure.date:%Y-%m-%d %a}  {closure.name}{here}{new}", soft_wrap=True, markup=False)
    if not full.closures:
        to.print("No closures.")
    if output not in (None, STANDARD):
        to.print(f"Written: {output}", soft_wrap=True)


def _by_hand(dates: list[datetime], name: str) -> list[Closure]:
    from safeschedule.problem import Closure

    return [Closure(date=moment.date(), name=name) for moment in dates]


def _holidays(
    given: Problem, country: str | None, region: str | None, years: list[int] | None
) -> tuple[Closure, ...]:
    from safeschedule.exchange.public_holidays import public_holidays

    if country is None:
        return ()
    return public_holidays(country, region, years=years or _years(given.week_start))


def _years(start: date) -> list[int]:
    return sorted({start.year, (start + timedelta(days=6)).year})
