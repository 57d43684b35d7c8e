"""``safeschedule measures`` and ``safeschedule warnings``: what recorded weeks say of a team."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.actuals import ActualsFolder
from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem, source
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_text
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.caseload.measures import MeasureReport
    from safeschedule.caseload.warnings import WarningReport

Person = Annotated[
    str | None,
    typer.Option("--of", metavar="CODE", help="Of one clinician, for that clinician or the supervisor."),
]
AskedBy = Annotated[str | None, typer.Option("--as", metavar="CODE", help="Who asks, with --of.")]
Rules = Annotated[
    str | None, typer.Option(metavar="FILE", help="Other thresholds and reviews than the rulebook's (JSON).")
]
Html = Annotated[
    str | None,
    typer.Option(
        "--html", metavar="FILE", callback=output_name, help="Also as one page, with charts and definitions."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def measures(
    problem: ProblemFile,
    actuals: ActualsFolder,
    person: Person = None,
    asked_by: AskedBy = None,
    html: Html = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Tell balanced measures of a team: access, engagement, quality, workforce, caseload.

    Figures of one clinician are told to that clinician and the named supervisor alone.
    """
    from safeschedule.actuals import read_actuals_folder
    from safeschedule.caseload.measures import balanced_measures
    from safeschedule.caseload.warnings import early_warnings

    if html is not None:
        if html == STANDARD and as_json:
            raise typer.BadParameter("--json and --html - would both write to standard output")
        check_apart([html], [problem, *(str(path) for path in actuals.glob("*.json"))])
        check_file(html)
    given, weeks = read_problem(problem), read_actuals_folder(actuals)
    found = balanced_measures(given, weeks, person=person, asked_by=asked_by)
    if html is not None:
        from safeschedule.reports.measures import measures_html

        # Early warnings are of the team alone.
        warned = early_warnings(given, weeks) if person is None else None
        write_text(html, measures_html(found, warned, given.name), overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    to = console(err=html == STANDARD)
    _tell(to, found)
    if html not in (None, STANDARD):
        to.print(f"Written: {html}", soft_wrap=True)


def _tell(to: Console, found: MeasureReport) -> None:
    from safeschedule.caseload.measures.measuring import told

    whose = "the team" if found.person is None else found.person
    to.print(f"Measures of {whose}, weeks of {found.first_week} to {found.last_week}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("measure", no_wrap=True)
    table.add_column("figure", justify="right", no_wrap=True)
    table.add_column("counts", justify="right", no_wrap=True)
    area = None
    for measure in found.measures:
        if measure.area is not area:
            area = measure.area
            table.add_row(area.value, style="bold")
        total = measure.total
        counts = "" if total.numerator is None else f"{_plain(total.numerator)} / {_plain(total.denominator)}"
        table.add_row(f"  {measure.title}", told(total, measure.unit), counts)
    to.print(table)


def _plain(value: Decimal | None) -> str:
    return "-" if value is None else f"{value.normalize():f}"


def early(problem: ProblemFile, actuals: ActualsFolder, rules: Rules = None, as_json: Json = False) -> None:
    """Tell which indicators begin to be too much, and open a review of each: who, by when, what to ask."""
    from safeschedule.actuals import read_actuals_folder
    from safeschedule.caseload.warnings import early_warnings, read_warning_rules

    given = read_problem(problem)
    own = None if rules is None else read_warning_rules(source(rules))
    found = early_warnings(given, read_actuals_folder(actuals), own)
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        _warn(console(), found)


def _warn(to: Console, found: WarningReport) -> None:
    for trigger in found.triggers:
        hanging(to, trigger.sentence, indent=0)
        for question in trigger.questions:
            hanging(to, f"- {question}", indent=2)
    if not found.triggers:
        to.print("No trigger.")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("indicator", "last week", "mean", "limit", "weeks known"):
        table.add_column(name, justify="left" if name == "indicator" else "right")
    for watched in found.indicators:
        last = watched.weeks[-1]
        figures = ("-" if n is None else f"{n:.3f}" for n in (last.value, last.mean, last.limit))
        table.add_row(watched.title, *figures, str(watched.known))
    to.print(table)
