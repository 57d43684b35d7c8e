"""The command line: ``python -m benchmarks`` with list, run, compare, limits, micro, live and others."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from benchmarks import compare as comparing
from benchmarks import listing, records, runner
from benchmarks.instances import ChoiceError, Instance, choose
from benchmarks.job import Job
from benchmarks.records import Record
from benchmarks.solvers import OWN
from benchmarks.tables import markdown

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)

Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="Families or instances; see list.")]
Number = Annotated[int | None, typer.Option("--instance", metavar="K", help="Only the K-th of the family.")]
Fresh = Annotated[
    list[int] | None, typer.Option(metavar="SEED", help="Draw a new week with this seed instead; repeatable.")
]
TimeLimit = Annotated[
    float | None, typer.Option(min=0.1, metavar="SECONDS", help="Of each solve; by itself the family's.")
]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, metavar="N", help="Of the solver.")]
Workers = Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Search workers.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of a table.")]
Output = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Add the records to this file; skip what it has already.")
]


def main() -> None:
    """Run the command; end with 0, 1 without a verified schedule, 2 for bad input, 130 for Ctrl-C."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app()
    except ChoiceError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("Interrupted; what is finished is kept.", err=True)
        sys.exit(130)


def _terminate(_signum: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: the process that is being measured must not stay behind."""
    raise KeyboardInterrupt


@app.command(name="list")
def list_() -> None:
    """Show families and instances with size, hash and the best that is known."""
    typer.echo(listing.table())


@app.command()
def run(
    names: Names,
    number: Number = None,
    solver: Annotated[str, typer.Option(metavar="NAME", help="safeschedule, a peer, or installed.")] = OWN,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = 8,
    fresh: Fresh = None,
    as_json: Json = False,
    output: Output = None,
) -> None:
    """Solve instances, each in a process of its own; Ctrl-C keeps what is finished."""
    jobs = [_job(i, solver, time_limit, seed, workers) for i in choose(names, number, fresh or ())]
    found = _show(jobs, output, as_json=as_json)
    _leave(found)


@app.command()
def compare(
    names: Names,
    peers: Annotated[str, typer.Option(metavar="A,B,...", help="Who else runs.")] = "flat,greedy",
    number: Number = None,
    time_limit: TimeLimit = None,
    seed: Seed = 0,
    workers: Workers = 8,
    fresh: Fresh = None,
    as_json: Json = False,
    output: Output = None,
) -> None:
    """Solve the same instances with SafeSchedule and its peers in turn, and set them side by side."""
    solvers = list(dict.fromkeys([OWN, *filter(None, (name.strip() for name in peers.split(",")))]))
    jobs = []
    for position, instance in enumerate(choose(names, number, fresh or ())):
        # Whoever runs first finds a cooler machine: everybody does, in turn.
        turn = position % len(solvers)
        order = [*solvers[turn:], *solvers[:turn]]
        jobs += [_job(instance, solver, time_limit, seed, workers) for solver in order]
    found = _show(jobs, output, as_json=as_json)
    if not as_json:
        typer.echo("\n" + comparing.report(found))
    _leave(found)


@app.command()
def report(
    files: Annotated[list[Path] | None, typer.Argument(help="JSON lines; by itself all of results/.")] = None,
    output: Annotated[Path | None, typer.Option(metavar="FOLDER", help="By itself docs/benchmarks.")] = None,
    update_best: Annotated[bool, typer.Option(help="Also write better values into the manifest.")] = False,
) -> None:
    """Write the documentation's tables and plots from stored records."""
    from benchmarks import reporting

    for sentence in reporting.write(files, output, update_best=update_best):
        typer.echo(sentence)


@app.command()
def micro(
    size: Annotated[int, typer.Option(min=4, max=500, metavar="N", help="Clinicians of the larger.")] = 100,
    repeats: Annotated[int, typer.Option(min=1, metavar="N")] = 7,
    as_json: Json = False,
) -> None:
    """Time the parts: import, candidates, encode, greedy, verify; medians, spread, and growth with size."""
    from benchmarks import micro as timing

    lines = timing.run(size, repeats)
    typer.echo("\n".join(records.line(entry) for entry in lines) if as_json else timing.table(lines))


@app.command()
def frames(
    clinicians: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="Of the problem.")] = 500,
    week: Annotated[int, typer.Option(min=1, max=500, metavar="N", help="Clinicians of the week.")] = 100,
) -> None:
    """Time data frames of a problem and of a week, with each library, and measure the memory."""
    from benchmarks import frames as timing

    typer.echo("\n".join(timing.lines(clinicians, week)))


@app.command()
def live(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")] = "clinic-100-1",
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
    lines = asking.run(choose([name])[0], week, time_limit, repeats)
    typer.echo("\n".join(records.line(entry) for entry in lines) if as_json else asking.table(lines))


@app.command()
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

    lines = []
    for entry in keeping.run(
        sizes or keeping.SIZES, time_limits or keeping.LIMITS, shapes=shapes, stops=stops
    ):
        typer.echo(records.line(entry) if as_json else keeping.table([entry]).splitlines()[-1])
        lines.append(entry)
    if not as_json:
        typer.echo("\n" + keeping.table(lines))
    if not all(entry["kept"] for entry in lines):
        raise typer.Exit(1)


@app.command()
def settings(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")] = "clinic-20-1",
    parts: Annotated[int, typer.Option(min=1, metavar="N", help="Clinicians.")] = 20,
    as_json: Json = False,
) -> None:
    """Solve clinicians' weeks one by one under several settings of CP-SAT."""
    from benchmarks import settings as trying

    lines = []
    for entry in trying.run(choose([name])[0], parts):
        typer.echo(records.line(entry) if as_json else f"{entry['setting']}: {entry['seconds']:.1f} s")
        lines.append(entry)
    if not as_json:
        typer.echo("\n" + trying.table(lines))


@app.command()
def losses(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")] = "clinic-50-1",
    schedule: Annotated[
        Path | None, typer.Option(metavar="FILE", exists=True, help="Its schedule; by itself it is solved.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Of that solve.")] = 60.0,
    week_seconds: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="For each week made once more; 0: none is.")
    ] = 0.0,
    as_json: Json = False,
) -> None:
    """Split a schedule's gap in its strongest level by the decisions that lose it."""
    from benchmarks import losses as splitting
    from safeschedule.schedule.reading import read_schedule

    week = None if schedule is None else read_schedule(schedule)
    lines = []
    for entry in splitting.run(choose([name])[0], week, time_limit, week_seconds):
        typer.echo(records.line(entry) if as_json else f"{entry['decision']}: {entry['worth']}")
        lines.append(entry)
    if not as_json:
        typer.echo("\n" + splitting.table(lines))


@app.command()
def scaling(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")] = "clinic-30-1",
    workers: Annotated[
        list[int] | None, typer.Option(min=1, max=64, metavar="N", help="Repeatable; by itself 2, 4, 8, 16.")
    ] = None,
    deterministic_limit: Annotated[float, typer.Option(min=0.01, metavar="N", help="Of each solve.")] = 20.0,
    as_json: Json = False,
) -> None:
    """Measure what part of a search's work would wait for one processor, however many there are."""
    from benchmarks import scaling as sharing

    lines = []
    for count in workers or [2, 4, 8, 16]:
        lines.append(sharing.run(choose([name])[0], count, deterministic_limit))
        typer.echo(records.line(lines[-1]) if as_json else f"{count} workers: done")
    if not as_json:
        typer.echo("\n" + sharing.table(lines))


@app.command()
def users(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")] = "clinic-10-1",
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
    typer.echo("\n".join(map(records.line, lines)) if as_json else asking.table(lines))
    if lines[-1]["faults"]:
        raise typer.Exit(1)


@app.command()
def browser(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")] = "clinic-30-1",
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
    typer.echo("\n".join(map(records.line, lines)) if as_json else driving.table(lines))


@app.command()
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


@app.command()
def replan(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An instance; see list.")] = "clinic-30-1",
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
    typer.echo("\n".join(records.line(entry) for entry in lines) if as_json else again.table(lines))
    if not all(entry["verified"] for entry in lines):
        raise typer.Exit(1)


@app.command()
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
    _tell(lines, reading.table, as_json=as_json)


@app.command()
def lead(
    problem: Annotated[Path, typer.Argument(help="Problem file.")],
    schedules: Annotated[list[Path], typer.Argument(help="Schedules of it, from anywhere.")],
    as_json: Json = False,
) -> None:
    """Measure solved weeks that are in files as a clinical lead would read them."""
    from benchmarks import weeks as reading

    lines = list(reading.measured(problem, schedules))
    typer.echo("\n".join(map(records.line, lines)) if as_json else reading.table(lines))


@app.command()
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
    _tell(lines, pricing.table, as_json=as_json)


@app.command()
def generate() -> None:
    """Write the stored instances and the manifest again from the generator."""
    from benchmarks import manifest

    changed = manifest.generate()
    typer.echo(f"Changed: {', '.join(changed)}." if changed else "Nothing changed.")


def _tell(lines: Iterable[Record], table: Callable[[list[Record]], str], *, as_json: bool) -> None:
    """Print lines as they come, or a table of them; end with 1 when a week has no verified schedule."""
    found = []
    for entry in lines:
        found.append(entry)
        if as_json:
            typer.echo(records.line(entry))
    if not as_json:
        typer.echo(table(found))
    if not all(entry["verified"] for entry in found):
        raise typer.Exit(1)


def _job(instance: Instance, solver: str, time_limit: float | None, seed: int, workers: int) -> Job:
    return Job(instance.name, solver, time_limit or instance.family.seconds, seed, workers)


def _show(jobs: Iterable[Job], output: Path | None, *, as_json: bool) -> list[Record]:
    found = []
    for record in runner.run(jobs, output):
        found.append(record)
        typer.echo(records.line(record) if as_json else listing.sentence(record))
    if not as_json:
        typer.echo("\n" + markdown(found))
    return found


def _leave(found: list[Record]) -> None:
    """End with 2 when nothing could be run, with 1 when a run came without a verified schedule."""
    ran = [record for record in found if record["status"] != "missing"]
    if not ran:
        raise typer.Exit(2)
    if not all(record["verified"] for record in ran):
        raise typer.Exit(1)
