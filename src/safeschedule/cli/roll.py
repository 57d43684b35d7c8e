"""``safeschedule roll``: several weeks in a row."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeschedule.cli.console import complain, console, emit
from safeschedule.cli.inputs import ProblemFile, read_problem
from safeschedule.cli.outputs import check_apart, check_folder
from safeschedule.cli.progress import LiveLine, Silence
from safeschedule.cli.roll_caseload import (
    Bands,
    CaseloadOptions,
    Expected,
    HeededLedger,
    Past,
    Record,
    Rules,
    Waitlist,
)
from safeschedule.cli.roll_summary import print_roll, week_line
from safeschedule.cli.solve import DeterministicLimit, Json, Quiet, Seed, Workers, number, seconds
from safeschedule.cli.watching import Words, watched
from safeschedule.errors import Fault, InputError

if TYPE_CHECKING:
    from safeschedule.ledger import Signatory
    from safeschedule.problem import Problem
    from safeschedule.rolling import PlannedWeek, Roll
    from safeschedule.solving.progress import OnProgress, Progress

Weeks = Annotated[int, typer.Option(min=1, max=99, metavar="N", help="How many weeks.")]
Folder = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="FOLDER", help="Where they go; one that has some is gone on with."
    ),
]
WeekLimit = Annotated[
    float | None,
    typer.Option(
        min=0.1,
        max=86400,
        metavar="SECONDS",
        callback=number,
        help="Longest search of each week; by itself 15, or none with --deterministic-limit.",
    ),
]

TIME_LIMIT = 15.0


def roll(
    problem: ProblemFile,
    weeks: Weeks,
    output: Folder,
    time_limit: WeekLimit = None,
    seed: Seed = 0,
    workers: Workers = 8,
    deterministic_limit: DeterministicLimit = None,
    waitlist: Waitlist = False,
    waitlist_rules: Rules = None,
    expected: Expected = None,
    actuals: Past = None,
    ledger: HeededLedger = None,
    record: Record = None,
    bands: Bands = "none",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Plan several weeks in a row, each with what the weeks before it left behind.

    Contacts and reviews are asked for as the acuity bands say; what was left out
    rises in priority. Ctrl-C keeps the weeks that are done; the same command goes on.

    With --waitlist and --ledger the weeks also tell waits and panels: intakes come from the waitlist by
    routing, and overrides, exceptions and other decisions count in the weeks in which they are in force.
    """
    beside = CaseloadOptions(waitlist, waitlist_rules, expected, actuals, ledger, record, bands)
    beside.check()
    signed = None if record is None else _signatory(record)
    check_folder(output)
    check_apart([*output.glob("week-[0-9][0-9]/*.json"), *output.glob("*.json")], [problem])
    given = read_problem(problem)
    limits: dict[str, Any] = {
        "time_limit": seconds(time_limit, TIME_LIMIT, deterministic_limit),
        "deterministic_limit": deterministic_limit,
        "seed": seed,
        "workers": workers,
        "caseload": beside.read(given, weeks, seed),
    }
    done = _rolled(given, weeks, output, limits, quiet=quiet)
    written = None if signed is None else beside.write(done.decisions, signed)
    if as_json:
        emit(json.dumps(done.summary.to_dict(brief=True), ensure_ascii=False, allow_nan=False))
    else:
        print_roll(console(), done.summary)
        if done.weeks:
            console().print(f"Written: {output}", soft_wrap=True)
        if written is not None:
            console().print(f"{written} entries were added to the ledger.", soft_wrap=True)
    if done.stopped:
        complain(done.stopped)
    if not done.complete:
        raise typer.Exit(1)


def _signatory(text: str) -> Signatory:
    from safeschedule.ledger import Signatory
    from safeschedule.problem.reading.plain_data import entity_from_dict

    role, _, code = text.partition(":")
    return entity_from_dict(Signatory, {"role": role, "code": code})


def _rolled(problem: Problem, weeks: int, folder: Path, limits: dict[str, Any], *, quiet: bool) -> Roll:
    shown = LiveLine() if sys.stderr.isatty() and not quiet else Silence()

    def tell(week: PlannedWeek) -> None:
        if not quiet:
            shown.say(week_line(week.row, weeks, taken=week.result is None))

    def work(hear: OnProgress, stop: threading.Event) -> Roll:
        from safeschedule.rolling import roll_into

        def hear_of(number: int, progress: Progress) -> None:
            hear(replace(progress, phase=f"week {number}/{weeks} {progress.phase}"))

        return roll_into(
            folder,
            problem,
            weeks,
            **limits,
            on_week=tell,
            on_progress=hear_of,
            on_note=shown.say,
            stop=stop,
        )

    stopping = "Stopping: the weeks that are done are kept. Once more to abort."
    aborted = f"Aborted. The weeks that are done are in {folder}; the same command goes on from there."
    try:
        return watched(work, shown, Words(stopping, aborted))
    except OSError as error:
        expected = f"that it can be written ({error.strerror})"
        raise InputError(
            "output", [Fault("not_written", str(error.filename or folder), "", expected)]
        ) from error
