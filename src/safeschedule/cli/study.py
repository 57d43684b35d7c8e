"""``safeschedule study``: scenarios compared, on one machine or in parts on several."""

from __future__ import annotations

import json
import re
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeschedule.cli.console import complain, console, emit, plain
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, check_folder, writing
from safeschedule.cli.progress import LiveLine, PlainLines, Silence
from safeschedule.cli.solve import Json, Quiet
from safeschedule.cli.study_least import least
from safeschedule.cli.watching import Words, watched
from safeschedule.errors import Fault, InputError

if TYPE_CHECKING:
    from safeschedule.solving.progress import OnProgress
    from safeschedule.study import StudyProgress, StudyResults

app = typer.Typer(no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})

app.command("least", short_help="Find the smallest team with which a target is reached.")(least)

StudyToml = Annotated[
    Path, typer.Argument(metavar="STUDY.toml", help="The study: problems, scenarios, seeds.")
]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of a study.")]
Into = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="Where runs are kept; by itself a folder beside the file.",
    ),
]
Part = Annotated[
    str | None, typer.Option("--part", metavar="K/N", help="Solve the Kth of N parts alone, such as 3/20.")
]
Processes = Annotated[
    int | None,
    typer.Option(min=1, max=1024, metavar="N", help="Processes; one a processor by itself."),
]
Scheduler = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Solve on the cluster of this Dask scheduler.")
]
FigureName = Annotated[str, typer.Option("--figure", metavar="NAME", help="Which figure is compared.")]
FrameName = Annotated[
    str | None,
    typer.Option("--frame", metavar="NAME", help="Write a frame: runs, rules, tiers, skills, timings."),
]
FrameFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where a frame goes: .csv or .parquet.")
]
Prices = Annotated[bool, typer.Option("--prices", help="Show the price of each rule, as tables of Markdown.")]
PageFile = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page.")]

_PART = re.compile(r"(\d{1,6})/(\d{1,6})")


@app.command("run", short_help="Solve the runs that are not there yet.")
def run(
    study: StudyToml,
    output: Into = None,
    part: Part = None,
    processes: Processes = None,
    dask: Scheduler = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Solve every scenario of every problem with every seed, and keep each run.

    What is kept is not solved again: the same command goes on where it was stopped.
    Ctrl-C keeps the runs that are done.
    """
    from safeschedule.study.reading import read_study

    folder = study.with_suffix("") if output is None else output
    numbers = _part(part)
    check_folder(folder)
    check_apart([folder / "study.json"], [study])
    given = read_study(study)
    client = None if dask is None else _client(dask)
    try:
        results = _run(given, folder, numbers, (processes or given.processes, client), quiet=quiet)
    finally:
        if client is not None:
            client.close()
    _tell(results, as_json=as_json)
    if not as_json:
        console().print(f"Kept in {folder}", soft_wrap=True)
    done = sum(bool(run.solved or run.faults) for run in results.runs)
    if results.faults or (numbers is None and done < results.planned):
        raise typer.Exit(1)


@app.command("show", short_help="Show what a study found.")
def show(
    folder: Folder,
    figure: FigureName = "sessions",
    prices: Prices = False,
    frame: FrameName = None,
    output: FrameFile = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Compare the scenarios of a study, or write one of its frames."""
    from safeschedule.study import StudyResults

    if (frame is None) != (output is None):
        raise typer.BadParameter("--frame and -o belong together")
    if output is not None:
        check_file(str(output))
    results = StudyResults.from_folder(folder)
    if frame is not None and output is not None:
        data, path = _frame(results, frame, output), output
        writing(lambda files: files.write(path, data), overwrite=overwrite)
        console().print(f"Written: {output}", soft_wrap=True)
    elif prices:
        found = results.prices()
        text = json.dumps(found.to_dict(), allow_nan=False) if as_json else found.markdown()
        emit(text)
    else:
        _tell(results, figure, as_json=as_json)


@app.command("report", short_help="Write a page of what a study found.")
def report(folder: Folder, output: PageFile, overwrite: Overwrite = False) -> None:
    """Write one self-contained page: comparisons, prices of rules, the front, staffing, every run."""
    from safeschedule.study import StudyResults

    check_file(str(output))
    results = StudyResults.from_folder(folder)
    page = results.html().encode()
    writing(lambda files: files.write(output, page), overwrite=overwrite)
    console().print(f"Written: {output}", soft_wrap=True)


def _run(
    given: Any, folder: Path, part: tuple[int, int] | None, who: tuple[int | None, Any], *, quiet: bool
) -> StudyResults:
    shown = Silence() if quiet else LiveLine() if sys.stderr.isatty() else PlainLines()

    def tell(progress: StudyProgress) -> None:
        if not quiet:
            told = f"{progress}: {progress.last}" if progress.last else str(progress)
            shown.say(plain(told))

    def work(_: OnProgress, stop: threading.Event) -> StudyResults:
        processes, client = who
        limits = given.limits
        results: StudyResults = given.study.run(
            limit=limits.deterministic,
            ceiling=limits.ceiling,
            workers=limits.workers,
            solver=limits.solver,
            processes=processes,
            executor=client,
            folder=folder,
            part=part,
            on_progress=tell,
            stop=stop,
        )
        return results

    stopping = "Stopping: the runs that are done are kept. Once more to abort."
    aborted = f"Aborted. The runs that are done are in {folder}; the same command goes on from there."
    return watched(work, shown, Words(stopping, aborted))


def _tell(results: StudyResults, figure: str = "sessions", *, as_json: bool) -> None:
    if as_json:
        whole = results.to_dict(brief=True)
        whole["comparisons"] = results.compare(figure).to_dict()
        emit(json.dumps(whole, ensure_ascii=False, allow_nan=False))
        return
    compared = results.compare(figure)
    print_ = console().print
    print_(plain(f"{results.name}: {len(results.runs)} of {results.planned} runs"), soft_wrap=True)
    for note in results.notes:
        complain(note)
    for run in results.faults:
        complain(str(run))
    if results.unfair:
        complain(f"{len(results.unfair)} runs were cut short by the wall clock: comparing them is not fair.")
    print_(plain(str(compared)), soft_wrap=True)


def _frame(results: StudyResults, name: str, path: Path) -> bytes:
    from safeschedule.study.declared import FRAMES
    from safeschedule.study.writing import frame_file

    if name not in FRAMES:
        raise InputError("study", [Fault("unknown_value", "--frame", name, f"one of: {', '.join(FRAMES)}")])
    return frame_file(results, name, path.suffix)


def _part(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = _PART.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise typer.BadParameter(f"--part: expected something like 3/20, not {text!r}")
    return int(found[1]), int(found[2])


def _client(address: str) -> Any:
    from safeschedule.needing import library

    return library("distributed", "a study on a cluster", "dask").Client(address)
