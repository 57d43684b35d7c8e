"""``safeschedule simulate``: a quarter or a year of a team, week by week, under several policies."""

from __future__ import annotations

import json
import re
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import complain, console, emit, plain
from safeschedule.cli.outputs import check_apart, check_folder
from safeschedule.cli.progress import LiveLine, PlainLines, Silence
from safeschedule.cli.solve import Json, Quiet
from safeschedule.cli.watching import Words, watched

if TYPE_CHECKING:
    from safeschedule.simulation import SimulationFile, SimulationResults
    from safeschedule.solving.progress import OnProgress
    from safeschedule.study import StudyProgress

SimulationToml = Annotated[
    Path, typer.Argument(metavar="SIMULATION.toml", help="Team, assumptions and policies.")
]
Into = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="Where replications are kept; by itself a folder beside the file.",
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(min=1, max=10_000, metavar="N", help="Of each policy; by itself as the file says."),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="FIGURE=HALF",
        help="Add replications until this figure is known to plus or minus so much, such as wait=1.",
    ),
]
Most = Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="Replications at most.")]
Processes = Annotated[
    int | None, typer.Option(min=1, max=1024, metavar="N", help="Processes; one a processor by itself.")
]

_UNTIL = re.compile(r"(\w+)=(\d+(?:\.\d+)?)")


def simulate(
    simulation: SimulationToml,
    output: Into = None,
    replications: Replications = None,
    until: Until = None,
    most: Most = 200,
    processes: Processes = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Simulate weeks in a row under every policy, each week planned, verified and lived through.

    Policies meet the same referrals, no-shows, sickness and crises. What is kept is not simulated again: the
    same command goes on where it was stopped.
    """
    from safeschedule.simulation import read_simulation

    folder = simulation.with_suffix("") if output is None else output
    narrow = _until(until)
    check_folder(folder)
    check_apart([folder], [simulation])
    given = read_simulation(simulation)
    count = given.replications if replications is None else replications
    results = _run(given, folder, count, narrow, (most, processes), quiet=quiet)
    if as_json:
        emit(json.dumps(results.to_dict(brief=True), ensure_ascii=False, allow_nan=False))
    else:
        console().print(plain(str(results)), soft_wrap=True)
        console().print(f"Kept in {folder}", soft_wrap=True)
    for note in results.notes:
        complain(note)
    for each in results.faulty:
        complain(f"{each.policy}, replication {each.number}: {each.faults[0]}")
    if results.faulty or len(results.replications) < count * len(results.policies):
        raise typer.Exit(1)


def _run(
    given: SimulationFile,
    folder: Path,
    count: int,
    until: tuple[str, float] | None,
    limits: tuple[int, int | None],
    *,
    quiet: bool,
) -> SimulationResults:
    shown = Silence() if quiet else LiveLine() if sys.stderr.isatty() else PlainLines()
    most, processes = limits

    def tell(progress: StudyProgress) -> None:
        if not quiet:
            shown.say(plain(f"{progress}: {progress.last}" if progress.last else str(progress)))

    def work(_: OnProgress, stop: threading.Event) -> SimulationResults:
        return given.simulation.run(
            replications=count,
            until=until,
            most=max(most, count),
            folder=folder,
            processes=processes,
            on_progress=tell,
            stop=stop,
        )

    stopping = "Stopping: the replications that are done are kept. Once more to abort."
    aborted = f"Aborted. The replications that are done are in {folder}; the same command goes on from there."
    return watched(work, shown, Words(stopping, aborted))


def _until(text: str | None) -> tuple[str, float] | None:
    if text is None:
        return None
    found = _UNTIL.fullmatch(text)
    if found is None:
        raise typer.BadParameter(f"--until: expected something like wait=1, not {text!r}")
    return found[1], float(found[2])
