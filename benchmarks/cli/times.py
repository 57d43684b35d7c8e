"""Commands that time: the parts of a solve, live questions, time limits, and the application."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.cli.options import Json, Name
from benchmarks.cli.printing import require_all, show
from benchmarks.instances import ChoiceError, choose


def micro(
    size: Annotated[int, typer.Option(min=4, max=500, metavar="N", help="Clinicians of the larger.")] = 100,
    repeats: Annotated[int, typer.Option(min=1, metavar="N")] = 7,
    as_json: Json = False,
) -> None:
    """Time the parts: import, candidates, encode, greedy, verify; medians, spread, and growth with size."""
    from benchmarks import micro as timing

    show(timing.run(size, repeats), timing.table, as_json=as_json)


def frames(
    clinicians: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="Of the problem.")] = 500,
    week: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="Clinicians of the week.")] = 100,
) -> None:
    """Time data frames of a problem and of a week, with each library, and measure the memory."""
    from benchmarks import frames as timing

    typer.echo("\n".join(timing.lines(clinicians, week)))


def live(
    name: Name = "clinic-100-1",
    schedule: Annotated[
        Path | None, typer.Option(metavar="FILE", exists=True, help="Its schedule; by itself it is solved.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Of that solve.")] = 120.0,
    repeats: Annotated[int, typer.Option(min=1, metavar="N", help="Questions of each kind.")] = 25,
    as_json: Json = False,
) -> None:
    """Time live questions about a planned week: suggestions, and checks of moves."""
    from benchmarks import live as asking
    from safeschedule.schedule.reading import read_schedule

    week = None if schedule is None else read_schedule(schedule)
    show(asking.run(choose([name])[0], week, time_limit, repeats), asking.table, as_json=as_json)


def limits(
    sizes: Annotated[
        list[int] | None,
        typer.Option("--size", metavar="N", help="Clinicians; by itself 10, 30, 60 and 100."),
    ] = None,
    time_limits: Annotated[
        list[float] | None,
        typer.Option("--time-limit", min=0.1, metavar="SECONDS", help="By itself 1, 2, 5, 10 and 20."),
    ] = None,
    shapes: Annotated[bool, typer.Option(help="Also weeks of unusual shape.")] = True,
    stops: Annotated[bool, typer.Option(help="Also how soon a stop is followed.")] = True,
    as_json: Json = False,
) -> None:
    """Solve weeks under short limits, and stop others; a limit is kept to a tenth and a second."""
    from benchmarks import limits as keeping

    lines = keeping.run(sizes or keeping.SIZES, time_limits or keeping.LIMITS, shapes=shapes, stops=stops)
    found = show(lines, keeping.table, lambda entry: keeping.table([entry]).splitlines()[-1], as_json=as_json)
    require_all(found, "kept")


def users(
    name: Name = "clinic-10-1",
    count: Annotated[int, typer.Option("--users", min=1, metavar="N", help="How many people.")] = 20,
    seconds: Annotated[float, typer.Option(min=1.0, metavar="SECONDS", help="How long they ask.")] = 60.0,
    pause: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Mean pause between two questions.")
    ] = 5.0,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="Of an empty PostgreSQL database; by itself SQLite.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="That answer; by itself what serve takes.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Have many people at the application at once, beside a running solve, and time their answers."""
    from benchmarks import users as asking

    lines = asking.run(choose([name])[0], count, seconds, database, pause, processes)
    show(lines, asking.table, as_json=as_json)
    if lines[-1]["faults"]:
        raise typer.Exit(1)


def browser(
    name: Name = "clinic-30-1",
    checks: Annotated[int, typer.Option(min=1, metavar="N", help="Moves that are asked about.")] = 200,
    opens: Annotated[int, typer.Option(min=1, metavar="N", help="How often the page is opened.")] = 5,
    seconds: Annotated[
        float, typer.Option(min=1.0, metavar="SECONDS", help="To plan the week first.")
    ] = 10.0,
    as_json: Json = False,
) -> None:
    """Open a week's page in a real Chromium, and time the board and the checks of moves."""
    from benchmarks import browser as driving

    try:
        lines = driving.run(choose([name])[0], checks, opens, seconds)
    except driving.NoBrowserError as error:
        raise ChoiceError([str(error)]) from error
    show(lines, driving.table, as_json=as_json)
