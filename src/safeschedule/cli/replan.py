"""``safeschedule replan``: plan a week again when something has changed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import complain, console, emit, plain
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both, source
from safeschedule.cli.ledger.options import FromLedger, On, overrides_of
from safeschedule.cli.outputs import OutputFile, Overwrite, check_apart, check_file, output_name, write_all
from safeschedule.cli.progress import display
from safeschedule.cli.solve import Json, Quiet, Seed, number, seconds
from safeschedule.cli.summary import MOST, hanging, print_left_out, print_notices
from safeschedule.cli.watching import Words, watched

if TYPE_CHECKING:
    import threading

    from rich.console import Console

    from safeschedule.replanning import Change, Replan
    from safeschedule.solving.progress import OnProgress


def moment(text: str | None) -> datetime | None:
    """Return the local time of an option."""
    from safeschedule.problem.clock import parse_moment

    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


ChangesFile = Annotated[
    str | None,
    typer.Argument(metavar="CHANGES", help="Changes file (JSON); - for standard input. None with --sick."),
]
ProblemOut = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        callback=output_name,
        help="Where the changed problem goes, for which the schedule is.",
    ),
]
Freeze = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="What begins before it stays, such as 2026-10-06T12:00."),
]
Most = Annotated[
    int | None,
    typer.Option("--budget", min=0, metavar="N", help="Most people to disturb whom no change hits."),
]
TIME_LIMIT = 30.0

TimeLimit = Annotated[
    float | None,
    typer.Option(
        min=0.1,
        metavar="SECONDS",
        callback=number,
        help="Longest search, inf for none; by itself 30, or none with --deterministic-limit.",
    ),
]
Deterministic = Annotated[
    float | None,
    typer.Option(min=0.001, metavar="D", callback=number, help="Limit in the solver's own units of work."),
]
Sick = Annotated[
    str | None, typer.Option(metavar="CODE", help="A clinician who is ill, from --from to --until.")
]
From = Annotated[str | None, typer.Option("--from", metavar="TIME", help="With --sick: when it begins.")]
Until = Annotated[str | None, typer.Option(metavar="TIME", help="With --sick: when it ends.")]
Cover = Annotated[str | None, typer.Option(metavar="CODE", help="With --sick: who takes urgent matters.")]
Supervisor = Annotated[
    str | None, typer.Option(metavar="CODE", help="With --sick: who supervises meanwhile, for a leader.")
]


def replan(
    problem: ProblemFile,
    schedule: ScheduleFile,
    output: OutputFile,
    changes: ChangesFile = None,
    problem_out: ProblemOut = None,
    sick: Sick = None,
    start: From = None,
    until: Until = None,
    cover: Cover = None,
    supervisor: Supervisor = None,
    freeze_before: Freeze = None,
    budget: Most = None,
    time_limit: TimeLimit = None,
    deterministic_limit: Deterministic = None,
    seed: Seed = 0,
    ledger: FromLedger = None,
    on: On = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Plan a week again after a sick call or another change, with the fewest people disturbed.

    It says what was moved, dropped and added, and who must be told. Ctrl-C keeps the best so far.
    """
    if sick is None and (start or until or cover or supervisor):
        raise typer.BadParameter("--from, --until, --cover and --supervisor belong to --sick")
    _check_use(problem, schedule, changes, output, problem_out, sick, as_json=as_json)
    given, planned = read_both(problem, schedule)
    wanted = _sick_call(sick, moment(start), moment(until), cover, supervisor) if sick else _read(changes)
    freeze = moment(freeze_before)
    overrides = overrides_of(ledger, on)

    def work(hear: OnProgress, stop: threading.Event) -> Replan:
        from safeschedule.replanning import replan as plan_again

        return plan_again(
            given,
            planned,
            wanted,
            freeze_before=freeze,
            budget=budget,
            time_limit=seconds(time_limit, TIME_LIMIT, deterministic_limit),
            deterministic_limit=deterministic_limit,
            seed=seed,
            on_progress=hear,
            stop=stop,
            overrides=overrides,
        )

    found = watched(work, display(quiet), Words())
    written = _write(found, output, problem_out, overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(brief=True), ensure_ascii=False))
    else:
        _tell(found, written, aside=STANDARD in (output, problem_out))
    if not found.verified:
        raise typer.Exit(1)


def _check_use(
    problem: str,
    schedule: str,
    changes: str | None,
    output: str,
    problem_out: str | None,
    sick: str | None,
    *,
    as_json: bool,
) -> None:
    if (changes is None) == (sick is None):
        raise typer.BadParameter("give either a file of changes or --sick")
    if [problem, schedule, changes].count(STANDARD) > 1:
        raise typer.BadParameter("only one file can be standard input")
    outputs = [name for name in (output, problem_out) if name is not None]
    if [*outputs, STANDARD if as_json else ""].count(STANDARD) > 1:
        raise typer.BadParameter("only one of --json, -o - and --problem-out - can write to standard output")
    check_apart(outputs, [problem, schedule, changes])
    for name in outputs:
        check_file(name)


def _read(changes: str | None) -> tuple[Change, ...]:
    from safeschedule.replanning import read_changes

    return read_changes(source(changes or STANDARD))


def _sick_call(
    code: str, start: datetime | None, until: datetime | None, cover: str | None, supervisor: str | None
) -> tuple[Change, ...]:
    from safeschedule.replanning import SickCall

    if start is None or until is None:
        raise typer.BadParameter("--sick needs --from and --until")
    try:
        return (SickCall(clinician=code, start=start, end=until, cover=cover, supervisor=supervisor),)
    except ValueError as error:
        raise typer.BadParameter("--sick, --cover and --supervisor expect the code of a clinician") from error


def _write(found: Replan, output: str, problem_out: str | None, *, overwrite: bool) -> list[str]:
    """Write what there is to write, the problem first, and return where it went."""
    if found.schedule is None:
        return []
    return write_all([(problem_out, found.problem), (output, found.schedule)], overwrite=overwrite)


def _tell(found: Replan, written: list[str], *, aside: bool) -> None:
    if found.diff is None:
        for note in found.notes:
            complain(plain(note))
        complain("Nothing was written.")
        return
    to = console(err=aside)
    seconds = (found.seconds or {}).get("total", 0.0)
    how = {"best": "Planned again", "feasible": "Planned again; there may be a better plan"}[found.outcome]
    stopped = ", stopped by you" if found.interrupted else ""
    to.print(f"{how}: found and checked in {seconds:.1f} s{stopped}.", style="bold green")
    diff = found.diff
    to.print(
        f"Sessions: {len(diff.kept)} stay, {len(diff.moved)} moved, {len(diff.dropped)} dropped, "
        f"{len(diff.added)} added. Blocks changed: {len(diff.blocks)}."
    )
    excused = found.verification is not None and found.verification.excused
    kept = f"Every hard rule is kept{' or excused' if excused else ''}."
    to.print(f"People disturbed whom no change hits: {len(found.disturbed)}. {kept}")
    _sessions(to, found)
    assert found.schedule is not None
    print_left_out(to, found.problem, found.schedule, found.left_out)
    if found.still:
        hanging(to, f"Still left out: {found.still}.", indent=0)
    _people(to, found)
    print_notices(to, found.notices)
    for worse in found.worse:
        if worse.tier in ("safety", "contract", "urgent"):
            to.print(f"The soft rule {worse.rule} ({worse.tier}) costs more than before.", style="yellow")
    for note in found.notes:
        hanging(to, note, indent=0)
    for name in written:
        to.print(f"Written: {name}", soft_wrap=True)


def _sessions(to: Console, found: Replan) -> None:
    from safeschedule.replanning.telling import moved_sentence, new_sentence, what_and_when

    assert found.diff is not None
    lists = (
        ("Moved:", [moved_sentence(pair) for pair in found.diff.moved]),
        ("Dropped:", [f"{what_and_when(d.appointment)}. {d.reason}" for d in found.dropped]),
        ("Added:", [new_sentence(appointment) for appointment in found.diff.added]),
    )
    for title, lines in lists:
        _list(to, title, lines)


def _people(to: Console, found: Replan) -> None:
    lines = [
        f"{notice.code}, before {notice.before:%A %H:%M}: {' '.join(notice.changes)}" for notice in found.tell
    ]
    _list(to, "To be told, the most pressing first:", lines)


def _list(to: Console, title: str, lines: list[str]) -> None:
    if lines:
        to.print(title, style="bold")
    for line in lines[:MOST]:
        hanging(to, plain(line))
    if len(lines) > MOST:
        to.print(f"  ... and {len(lines) - MOST} more; --json tells all of them")
