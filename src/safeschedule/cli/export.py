"""``safeschedule export``: a schedule in one of the formats of the registry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_both, read_problem, read_week
from safeschedule.cli.ledger.options import FromLedger, On, overrides_of
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, check_folder, output_name, writing
from safeschedule.cli.rota_files import calendar_stamp
from safeschedule.cli.summary import hanging, print_provenance
from safeschedule.exchange.formats import exporters
from safeschedule.exchange.formats.format import Export, ProblemExport, Writer

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule
    from safeschedule.suggesting import FreeSlots

MaybeSchedule = Annotated[
    str | None,
    typer.Argument(
        help="Schedule file (JSON, or what export csv, xlsx or fhir wrote); - for standard input. "
        "Without one the problem alone is written, by formats that can.",
        metavar="[SCHEDULE]",
    ),
]
Free = Annotated[
    list[str] | None,
    typer.Option(
        "--free",
        metavar="TYPE",
        help="For fhir: also a free Slot wherever a session of this type may be booked without breaking a "
        "hard rule; repeatable.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="SCHEDULE",
        help="For ics: the schedule that people have; what it had beside is called off.",
    ),
]


def _forms() -> str:
    """Return what there is, in words."""
    told = [f"{writer.about} ({name})" for name, writer in exporters().items()]
    return f"{', '.join(told[:-1])}, or {told[-1]}".capitalize()


def _known(name: str) -> str:
    if name not in exporters():
        raise typer.BadParameter(f"expected one of {', '.join(exporters())}")
    return name


def export(
    form: Annotated[str, typer.Argument(metavar="|".join(exporters()), callback=_known, help=f"{_forms()}.")],
    problem: ProblemFile,
    schedule: MaybeSchedule = None,
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            callback=output_name,
            help="The file; for ics, parquet and csv-folder, the folder.",
        ),
    ],
    free: Free = None,
    since: Since = None,
    ledger: FromLedger = None,
    on: On = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a schedule, or a problem alone, in another format."""
    if output == STANDARD:
        raise typer.BadParameter("exports go to files; name one with -o")
    writer = exporters()[form]
    if since is not None and not writer.continues:
        raise typer.BadParameter("--since is for calendars")
    if ledger is not None and not writer.verifies:
        raise typer.BadParameter("--ledger is for formats that tell what the verifier says")
    if since == STANDARD:
        raise typer.BadParameter("--since needs a file")
    if free and not writer.offers:
        raise typer.BadParameter("--free is for formats that tell what may be booked: fhir")
    path = Path(output)
    check_apart([path], [problem, schedule, since])
    if writer.folder:
        check_folder(path)
    else:
        check_file(output)
    if schedule is None:
        _alone(writer, form, problem, path, named=[since, ledger, *(free or ())], overwrite=overwrite)
        return
    given, week = read_both(problem, schedule)
    overrides = overrides_of(ledger, on)
    if since is not None:
        from safeschedule.schedule import following

        stamp = calendar_stamp(week, schedule)
        week = following(week, read_week(given, since))
    else:
        stamp = calendar_stamp(week, schedule)
    offered = _offered(given, week, free or [])
    notes: list[str] = []
    writing(
        lambda files: notes.extend(writer.write(Export(given, week, path, stamp, files, overrides, offered))),
        overwrite=overwrite,
    )
    console().print(f"Written: {output}", soft_wrap=True)
    print_provenance(console(err=True), given, week)
    for note in notes:
        hanging(console(), note, indent=0)


def _alone(
    writer: Writer, form: str, problem: str, path: Path, named: Sequence[str | None], *, overwrite: bool
) -> None:
    """Write a problem without a schedule."""
    write = writer.alone
    if write is None:
        can = ", ".join(name for name, own in exporters().items() if own.alone is not None)
        more = " 'workbook from' writes a problem as a workbook." if form == "xlsx" else ""
        raise typer.BadParameter(
            f"{form} needs a SCHEDULE; a problem alone is written as {can}.{more}", param_hint="SCHEDULE"
        )
    if any(named):
        raise typer.BadParameter("--free, --since and --ledger need a SCHEDULE", param_hint="SCHEDULE")
    given = read_problem(problem)
    notes: list[str] = []
    writing(lambda files: notes.extend(write(ProblemExport(given, path, files))), overwrite=overwrite)
    console().print(f"Written: {path}", soft_wrap=True)
    for note in notes:
        hanging(console(), note, indent=0)


def _offered(problem: Problem, week: Schedule, types: Sequence[str]) -> tuple[FreeSlots, ...]:
    """Return what may be booked beside, for each type of session."""
    from safeschedule.cli.slots import ask

    return tuple(ask(problem, week, kind, None, None, None) for kind in dict.fromkeys(types))
