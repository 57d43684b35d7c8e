"""``safeschedule import``: another system's files become a problem; one command a format of the registry."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from safeschedule.cli import import_table
from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_both, read_problem, read_week, tell_changes
from safeschedule.cli.outputs import (
    OutputFile,
    Overwrite,
    check_apart,
    check_file,
    output_name,
    write_all,
    write_entity,
    write_problem,
)
from safeschedule.cli.summary import print_warnings
from safeschedule.exchange.formats import importers
from safeschedule.exchange.formats.format import Importer, ImportOption

app = typer.Typer(no_args_is_help=True)

Bookings = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", callback=output_name, help="Also write the week as it is booked now, as a schedule."
    ),
]


@app.callback()
def _group() -> None:
    """Make a problem from another system's export, or a schedule from a rota that was changed."""


def _command(importer: Importer) -> Callable[..., None]:
    """Return what a command does, with the parameters that its format asks for."""

    def run(**given: Any) -> None:
        source, output = Path(given.pop("source")), given.pop("output")
        bookings, overwrite = given.pop("bookings", None), given.pop("overwrite")
        options = {name: v.date() if isinstance(v, datetime) else v for name, v in given.items()}
        _import(importer, source, options, output, bookings, overwrite=overwrite)

    kinds = _parameters(importer)
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)
            for name, (kind, default) in kinds.items()
        ]
    )
    run.__annotations__ = {name: kind for name, (kind, _) in kinds.items()}
    return run


def _parameters(importer: Importer) -> dict[str, tuple[Any, Any]]:
    """Return the type and the default of each parameter of a command, those that are needed first."""
    empty = inspect.Parameter.empty
    source = typer.Argument(metavar=importer.source, help=importer.help)
    kinds: dict[str, tuple[Any, Any]] = {"source": (Annotated[Path, source], empty)}
    kinds |= {own.name: (_kind(own), empty) for own in importer.options if own.needed}
    kinds["output"] = (OutputFile, empty)
    if importer.books:
        kinds["bookings"] = (Bookings, None)
    for own in importer.options:
        if not own.needed:
            kinds[own.name] = (_kind(own), False if own.kind is bool else None)
    kinds["overwrite"] = (Overwrite, False)
    return kinds


def _kind(own: ImportOption) -> Any:
    if own.kind is date:
        told = typer.Option(formats=["%Y-%m-%d"], metavar=own.metavar, help=own.help)
        return Annotated[datetime if own.needed else datetime | None, told]
    told = typer.Option(metavar=own.metavar or None, help=own.help)
    return Annotated[own.kind if own.needed or own.kind is bool else own.kind | None, told]


def _import(
    importer: Importer,
    source: Path,
    options: dict[str, Any],
    output: str,
    bookings: str | None,
    *,
    overwrite: bool,
) -> None:
    if bookings is not None and bookings == output:
        raise typer.BadParameter("--bookings and --output name the same file")
    read = sorted(source.iterdir()) if source.is_dir() else [source]
    written = [options[own.name] for own in importer.options if own.written]
    read += [v for v in options.values() if isinstance(v, Path) and v not in written]
    check_apart([output, bookings, *written], read)
    for name in (output, bookings, *written):
        if name is not None:
            check_file(str(name))
    from safeschedule.problem import warnings

    found = importer.read(source, **options)
    problem = found.problem
    write_all([(output, problem), *((bookings, s) for s in (found.schedule,) if s)], overwrite=overwrite)
    to = console(err=STANDARD in (output, bookings))
    asked = f"{len(problem.clinicians)} clinicians, {len(problem.requests)} requests"
    to.print(f"{asked}, week of {problem.week_start}.")
    for note in found.notes:
        to.print(note, soft_wrap=True)
    print_warnings(to, warnings.find(problem) if found.warnings is None else found.warnings)
    for name in (output, bookings):
        if name not in (None, STANDARD):
            to.print(f"Written: {name}", soft_wrap=True)


for _name, _importer in importers().items():
    app.command(_name, help=f"{_importer.about}.\n\n{_importer.details}".rstrip())(_command(_importer))


app.command("table")(import_table.table)


@app.command("calendar")
def calendar(
    problem: ProblemFile,
    source: Annotated[Path, typer.Argument(metavar="CALENDAR.ics", help="Somebody's calendar.")],
    who: Annotated[str, typer.Option(metavar="CODE", help="Whose it is: a clinician of the problem.")],
    output: OutputFile,
    overwrite: Overwrite = False,
) -> None:
    """Add the meetings and the leave of somebody's calendar to a problem.

    What events are called stays in the calendar.
    """
    from safeschedule.exchange.calendar_import import import_calendar

    check_apart([output], [problem, source])
    check_file(output)
    found, told = import_calendar(read_problem(problem), source, who)
    write_problem(output, found, overwrite=overwrite)
    to = console(err=output == STANDARD)
    for line in told:
        to.print(line, soft_wrap=True)
    if output != STANDARD:
        to.print(f"Written: {output}", soft_wrap=True)


@app.command("rota")
def rota(
    problem: ProblemFile,
    source: Annotated[
        str, typer.Argument(metavar="ROTA", help="A rota as export csv or export xlsx wrote it.")
    ],
    output: OutputFile,
    since: Annotated[
        str | None,
        typer.Option(metavar="SCHEDULE", help="What it was made of; a workbook knows that by itself."),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Read a rota that people have changed by hand, as a schedule, and say what was changed."""
    check_apart([output], [problem, source, since])
    check_file(output)
    given, week = read_both(problem, source)
    if since is not None:
        from safeschedule.exchange.changes import change_sentences

        tell_changes(list(change_sentences(read_week(given, since), week)))
    write_entity(output, week, overwrite=overwrite)
    to = console(err=output == STANDARD)
    to.print(f"{len(week.appointments)} sessions, {len(week.blocks)} blocks.")
    if output != STANDARD:
        to.print(f"Written: {output}", soft_wrap=True)
