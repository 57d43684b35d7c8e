"""Commands that judge plans: as clinical leads read them, against stricter rules, and after changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks import records
from benchmarks.cli.options import Json, Name, Names, Number, Seed, TimeLimit, Workers
from benchmarks.cli.printing import require_all, show
from benchmarks.instances import ChoiceError, choose


def rehab(
    instance: Annotated[Path, typer.Argument(metavar="INSTANCE.txt", exists=True, dir_okay=False)],
    time_limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS")] = 60.0,
    deterministic_limit: Annotated[
        float | None, typer.Option(min=0.01, metavar="N", help="Of work instead of seconds.")
    ] = None,
    seed: Seed = 0,
    workers: Workers = 8,
    as_json: Json = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="SOLUTION.json")] = None,
) -> None:
    """Solve a weekly rehabilitation instance, written by others, and write what its checker reads."""
    from benchmarks.rehab import reading
    from benchmarks.rehab.problem import problem_of
    from benchmarks.rehab.solution import figures, sentence, solution
    from safeschedule import solve

    try:
        read = reading.read(instance)
        problem = problem_of(read)
    except reading.ReadingError as error:
        raise ChoiceError([str(error)]) from error
    result = solve(
        problem, time_limit=time_limit, deterministic_limit=deterministic_limit, seed=seed, workers=workers
    )
    told = figures(read, result)
    typer.echo(records.line(told) if as_json else sentence(told))
    if result.schedule is None:
        raise typer.Exit(1)
    if output is not None:
        output.write_text(records.line(solution(read, result.schedule)) + "\n", encoding="utf-8")


def replan(
    name: Name = "clinic-30-1",
    calls: Annotated[int, typer.Option(min=1, metavar="N", help="Clinicians who call in sick.")] = 5,
    time_limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Of each call.")] = 5.0,
    schedule: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The week's schedule, instead of solving it.")
    ] = None,
    solve_seconds: Annotated[float, typer.Option(min=1.0, metavar="SECONDS")] = 30.0,
    as_json: Json = False,
) -> None:
    """Solve a week, then plan it again after a day's sick calls, one clinician at a time."""
    from benchmarks import replan as again

    instance = choose([name if name[-2] == "-" else f"{name}-1"])[0]
    lines = again.run(instance, calls, time_limit, schedule, solve_seconds)
    require_all(show(lines, again.table, as_json=as_json), "verified")


def weeks(
    names: Names,
    number: Number = None,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Solve weeks and measure them as a clinical lead would read them."""
    from benchmarks import weeks as reading

    lines = reading.run(choose(names, number, ()), time_limit, seed)
    require_all(show(lines, reading.table, as_json=as_json), "verified")


def lead(
    problem: Annotated[Path, typer.Argument(help="Problem file.")],
    schedules: Annotated[list[Path], typer.Argument(help="Schedules of it, from anywhere.")],
    as_json: Json = False,
) -> None:
    """Measure solved weeks that are in files as a clinical lead would read them."""
    from benchmarks import weeks as reading

    show(reading.measured(problem, schedules), reading.table, as_json=as_json)


def price(
    names: Names,
    number: Number = None,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Solve weeks with each of the stricter rules taken back alone: what it costs."""
    from benchmarks import price as pricing

    lines = pricing.run(choose(names, number, ()), time_limit, seed)
    require_all(show(lines, pricing.table, as_json=as_json), "verified")
