"""``safeschedule stress``: whether urgent cases and absences still fit into a planned week."""

from __future__ import annotations

import json
import math
import threading
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_all
from safeschedule.cli.progress import display
from safeschedule.cli.solve import Json, Quiet, Seed, number
from safeschedule.cli.summary import MOST, hanging
from safeschedule.cli.watching import Words, watched

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule
    from safeschedule.solving.progress import OnProgress
    from safeschedule.stressing import Stress, WorstCase


class WithinOption(StrEnum):
    """Until when a case has to be seen; the words of `safeschedule.stressing.Within`, which loads more."""

    HALF_DAY = "half-day"
    DAY = "day"


Urgent = Annotated[int, typer.Option(min=1, max=20, metavar="K", help="Urgent cases that come at once.")]
Sick = Annotated[int, typer.Option(min=0, metavar="M", help="The most clinicians who are absent.")]
PerSlot = Annotated[
    bool, typer.Option("--per-slot", help="As many cases in each half-day as it has urgent slots.")
]
SessionType = Annotated[
    str | None,
    typer.Option(metavar="ID", help="What each case needs; by itself the longest crisis type."),
]
Skills = Annotated[
    list[str] | None,
    typer.Option("--skill", metavar="SKILL", help="A skill that each case needs; repeatable."),
]
Telehealth = Annotated[bool, typer.Option("--telehealth", help="A case may be seen by telehealth, too.")]
Until = Annotated[
    WithinOption, typer.Option(metavar="half-day|day", help="By the end of what each case has to begin.")
]
TimeLimit = Annotated[
    float, typer.Option(min=0.1, metavar="SECONDS", callback=number, help="Longest test, inf for none.")
]
Worst = Annotated[
    str | None,
    typer.Option(
        "--worst", metavar="FILE", callback=output_name, help="Where the worst case's schedule goes."
    ),
]
WorstProblem = Annotated[
    str | None,
    typer.Option(
        "--worst-problem",
        metavar="FILE",
        callback=output_name,
        help="Where the problem that belongs to it goes.",
    ),
]


def stress(
    problem: ProblemFile,
    schedule: ScheduleFile,
    urgent: Urgent = 1,
    sick: Sick = 0,
    per_slot: PerSlot = False,
    session_type: SessionType = None,
    skill: Skills = None,
    telehealth: Telehealth = False,
    within: Until = WithinOption.HALF_DAY,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    worst: Worst = None,
    worst_problem: WorstProblem = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Prove or refute that urgent cases still fit into a planned week, whoever is absent.

    The exit status is 0 only when it is proved. Ctrl-C shows what is known so far.
    """
    files = [name for name in (worst, worst_problem) if name is not None]
    if files.count(STANDARD) + as_json > 1:
        raise typer.BadParameter("only one of --json, --worst - and --worst-problem - can be written there")
    check_apart(files, [problem, schedule])
    for name in files:
        check_file(name)
    given = read_both(problem, schedule)
    asked = {
        "per_slot": per_slot,
        "session_type": session_type,
        "skills": tuple(skill or ()),
        "telehealth": telehealth,
        "within": within.value,
        "time_limit": time_limit if math.isfinite(time_limit) else None,
        "seed": seed,
    }
    found = _tested(*given, urgent, sick, asked, quiet=quiet)
    written = _write(found.worst, worst, worst_problem, overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(brief=True), ensure_ascii=False, allow_nan=False))
    else:
        _tell(console(err=STANDARD in files), found, written)
    if found.verdict != "proved":
        raise typer.Exit(1)


def _tested(
    problem: Problem, schedule: Schedule, urgent: int, sick: int, asked: dict[str, Any], *, quiet: bool
) -> Stress:
    def work(hear: OnProgress, stop: threading.Event) -> Stress:
        from safeschedule.stressing import stress

        return stress(problem, schedule, urgent, sick, **asked, stop=stop, on_progress=hear)

    words = Words(stopping="Stopping: what is known so far will be shown. Once more to abort.")
    return watched(work, display(quiet), words)


def _write(
    found: WorstCase | None, worst: str | None, worst_problem: str | None, *, overwrite: bool
) -> list[str]:
    """Write what there is to write, and return where it went."""
    from safeschedule.exchange.json_text import as_text
    from safeschedule.schedule import stated
    from safeschedule.verifier import verify

    if found is None:
        return []
    # Without a time: the same test gives the same file.
    sound = verify(found.problem, found.schedule).compliant
    schedule = as_text(stated("stress", found.problem, found.schedule, verified=sound))
    return write_all([(worst_problem, found.problem), (worst, schedule)], overwrite=overwrite)


def _tell(to: Console, found: Stress, written: list[str]) -> None:
    style = {"proved": "bold green", "refuted": "bold red"}.get(found.verdict, "bold yellow")
    verdict, *others = found.sentences
    to.print(plain(verdict), style=style)
    each = f"{plain(found.session_type)}, {found.minutes} minutes, begun within the {found.within}"
    to.print(f"Each case: {each}. By {found.method}, in {found.seconds:.1f} s.")
    _table(to, found)
    for sentence in others[:MOST]:
        hanging(to, sentence, indent=0)
    if found.worst is not None:
        _lost(to, found.worst)
    for name in written:
        to.print(f"Written: {name}", soft_wrap=True)


def _table(to: Console, found: Stress) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    names = ("half-day", "cases fit", "time for", "after", "when absent")[: 5 if found.sick else 3]
    missed = any(half.no_shows for half in found.half_days)
    for name in (*names, "no-shows") if missed else names:
        table.add_column(name, justify="right" if name in ("time for", "after", "no-shows") else "left")
    for half in found.half_days:
        fit = {"proved": "yes", "refuted": "no"}.get(half.verdict, "not known")
        cells = [half.name, fit, _number(half.places)]
        if found.sick:
            cells += [_number(half.left), plain(", ".join(half.absent)) or "-"]
        if missed:
            cells.append(f"{half.no_shows:.1f}")
        table.add_row(*cells)
    to.print(table)


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)


def _lost(to: Console, worst: WorstCase) -> None:
    lost = worst.absence.sessions
    if lost:
        to.print("Falls out with the absence, crisis work and the highest bands first:", style="bold")
    for entry in lost[:MOST]:
        who = f"{', '.join(entry.clients)} with {', '.join(entry.clinicians)}"
        hanging(to, f"{entry.start:%H:%M} {entry.session_type}: {who} ({entry.band})")
    if len(lost) > MOST:
        to.print(f"  ... and {len(lost) - MOST} more; --json tells all of them")
    for sentence in worst.absence.shared[:MOST]:
        hanging(to, f"{sentence} falls out")
    for finding in worst.absence.findings[:MOST]:
        hanging(to, f"[{finding.rule}] {finding.sentence}")
