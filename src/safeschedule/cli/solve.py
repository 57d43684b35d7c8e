"""``safeschedule solve``: plan a week."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import complain, console, emit, plain
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem
from safeschedule.cli.ledger.options import FromLedger, On, overrides_of
from safeschedule.cli.moments import dated
from safeschedule.cli.outputs import OutputFile, Overwrite, check_apart, check_file, check_folder
from safeschedule.cli.rota_files import check_calendars, files_of, write_solved
from safeschedule.cli.summary import print_planned, print_warnings
from safeschedule.cli.watching import Options, solve_watched

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.result import Result
    from safeschedule.solving.parameters import SearchParameters

TIME_LIMIT = 60.0


def number(value: float | None) -> float | None:
    """Return the number of an option, which may be infinite but has to be one."""
    if value is not None and math.isnan(value):
        raise typer.BadParameter("expected a number")
    return value


TimeLimit = Annotated[
    float | None,
    typer.Option(
        min=0.1,
        metavar="SECONDS",
        callback=number,
        help="Longest search, inf for none; by itself 60, or none with --deterministic-limit.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Seed of the search.")]
Workers = Annotated[
    int, typer.Option(min=1, max=256, metavar="N", help="Search workers; may be more than processors.")
]
DeterministicLimit = Annotated[
    float | None,
    typer.Option(
        min=0.001,
        metavar="D",
        callback=number,
        help="Limit in the solver's own units of work, which are the same on every machine.",
    ),
]
GapLimit = Annotated[
    float,
    typer.Option(min=0.0, metavar="G", callback=number, help="Stop at this gap; a fraction, 0.01 is 1 %."),
]
Solver = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Which solver plans (see `safeschedule solvers`); auto: one made for such weeks, else cpsat.",
    ),
]
Tuned = Annotated[
    Path | None,
    typer.Option(
        "--parameters",
        metavar="FILE",
        help="A TOML file of what the search is tuned by (see docs/reference/search-parameters.md).",
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Also write rota.html, rota.csv and calendars/ into this folder."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def solve(
    problem: ProblemFile,
    output: OutputFile,
    solver: Solver = "auto",
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = 8,
    deterministic_limit: DeterministicLimit = None,
    gap_limit: GapLimit = 0.0,
    parameters: Tuned = None,
    report: Report = None,
    ledger: FromLedger = None,
    on: On = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Plan a week: read a problem, write the best schedule found and checked.

    Ctrl-C stops the search and keeps the best schedule so far.
    """
    if as_json and output == STANDARD:
        raise typer.BadParameter("--json and -o - would both write to standard output")
    check_apart([output, *files_of(report)], [problem, parameters])
    check_file(output)
    if report is not None:
        check_folder(report)
    given = read_problem(problem)
    overrides = overrides_of(ledger, on)
    check_calendars(given, report)
    options = Options(
        seconds(time_limit, TIME_LIMIT, deterministic_limit),
        seed,
        workers,
        deterministic_limit,
        gap_limit,
        solver,
        _tuned(parameters),
    )
    result = solve_watched(given, options, quiet=quiet, overrides=overrides)
    written = _write(given, result, output, report, overwrite=overwrite)
    if as_json:
        emit(json.dumps(result.to_dict(brief=True), ensure_ascii=False, allow_nan=False))
    else:
        _tell(given, result, written, aside=output == STANDARD)
    if not result.verified:
        raise typer.Exit(1)


def _tuned(path: Path | None) -> SearchParameters | None:
    """Return the search parameters of a file, if one was given."""
    if path is None:
        return None
    from safeschedule.solving.parameters import SearchParameters

    return SearchParameters.from_file(path)


def seconds(given: float | None, ungiven: float, deterministic_limit: float | None) -> float | None:
    """Return the wall-clock limit that the options mean; `ungiven` is that when there is none of any kind."""
    if given is None:
        # A clock beside the deterministic limit would end the search at a different point on each machine.
        return ungiven if deterministic_limit is None else None
    return given if math.isfinite(given) else None


def _write(
    problem: Problem, result: Result, output: str, report: Path | None, *, overwrite: bool
) -> list[str]:
    """Write what there is to write, all or nothing, and return where it went."""
    if result.schedule is None:
        return []
    schedule = dated(result.schedule)
    result = replace(result, schedule=schedule)
    return write_solved(problem, result, [(output, schedule)], report, overwrite=overwrite)


def _tell(given: Problem, result: Result, written: list[str], *, aside: bool) -> None:
    to = console(err=aside)
    if result.schedule is None:
        no_schedule(result)
        print_warnings(console(err=True), result.warnings)
        return
    print_planned(to, given, result)
    for sentence in result.explanation:
        to.print(plain(sentence), style="yellow", soft_wrap=True)
    print_warnings(to, result.warnings)
    for name in written:
        to.print(f"Written: {name}", soft_wrap=True)


def no_schedule(result: Result) -> None:
    """Say on standard error that there is no schedule, and why."""
    if result.interrupted:
        complain("Stopped before there was any schedule.")
    else:
        complain("\n".join(result.explanation) or f"There is no schedule: {result.status}.")
    complain("Nothing was written.")
