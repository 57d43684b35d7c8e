"""``safeschedule bands``: acuity bands that flags and reviews ask for, and confirming them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import STANDARD, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from safeschedule.caseload import BandChange, BandProposal
    from safeschedule.caseload.rubrics import RubricProposal
    from safeschedule.problem import Problem

MaybeProblem = Annotated[
    str | None,
    typer.Argument(
        help="Problem (JSON, a workbook, or a folder of frames); - for standard input.", metavar="PROBLEM"
    ),
]
Confirm = Annotated[
    list[str] | None,
    typer.Option(metavar="CLIENT=BAND", help="Confirm this band of a client; may be given several times."),
]
By = Annotated[str | None, typer.Option(metavar="CLINICIAN", help="Who confirms.")]
On = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When; by itself the week's first date."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=output_name,
        help="Where the problem with confirmed bands goes.",
    ),
]
RubricFile = Annotated[
    str | None, typer.Option("--rubric", metavar="RUBRIC.toml", help="A rubric that proposes bands, too.")
]
AnswersFile = Annotated[
    str | None, typer.Option("--answers", metavar="FILE", help="Clients' answers to it (JSON).")
]
ExampleRubric = Annotated[
    bool,
    typer.Option("--example-rubric", help="Print a rubric to begin with; an example, no validated scale."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def bands(
    problem: MaybeProblem = None,
    confirm: Confirm = None,
    by: By = None,
    on: On = None,
    output: Output = None,
    rubric: RubricFile = None,
    answers: AnswersFile = None,
    example_rubric: ExampleRubric = False,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """List the acuity bands that flags and reviews ask for; confirm some with --confirm.

    A proposal changes nothing. What a clinician confirms is written with -o. With a rubric and clients'
    answers to it, their scores propose bands as well.
    """
    from safeschedule.caseload import confirm_bands, proposed_bands
    from safeschedule.caseload.rubrics import example_rubric_text
    from safeschedule.serialisation import as_plain_data

    if example_rubric:
        if problem is not None or confirm or output is not None or as_json:
            raise typer.BadParameter("--example-rubric prints a file, and takes nothing else")
        emit(example_rubric_text())
        return
    if problem is None:
        raise typer.BadParameter("expected a PROBLEM")
    if (rubric is None) != (answers is None):
        raise typer.BadParameter("--rubric and --answers belong together")
    _check_use(confirm or [], by, on, output, as_json)
    check_apart([output], [problem, rubric, answers])
    if output is not None:
        check_file(output)
    given = read_problem(problem)
    proposals = proposed_bands(given)
    scored = _scored(given, rubric, answers)
    changes: tuple[BandChange, ...] = ()
    if confirm and by is not None and output is not None:
        when = given.week_start if on is None else on.date()
        after, changes = confirm_bands(given, _confirmed(confirm), by, when, scored)
        write_entity(output, after, overwrite=overwrite)
        proposals = proposed_bands(after)
    if as_json:
        listed = {
            "proposed": [as_plain_data(p) for p in proposals],
            "confirmed": [as_plain_data(c) for c in changes],
            **({"scored": [as_plain_data(s) for s in scored]} if rubric is not None else {}),
        }
        emit(json.dumps(listed, ensure_ascii=False))
        return
    to = console(err=output == STANDARD)
    _tell(to, proposals, changes)
    for each in scored:
        step = "stays" if each.direction == "same" else f"one or more {each.direction}"
        hanging(to, f"{each.client}: {each.band}, scored {each.proposed} ({step}). {each.sentence}", 0)
    if scored:
        to.print(
            "A score is a proposal: a clinician confirms it with --confirm, or does not.", soft_wrap=True
        )
    if output not in (None, STANDARD):
        to.print(f"Written: {output}", soft_wrap=True)


def _scored(given: Problem, rubric: str | None, answers: str | None) -> tuple[RubricProposal, ...]:
    from safeschedule.caseload.rubrics import read_rubric, read_rubric_answers, rubric_bands

    if rubric is None or answers is None:
        return ()
    return rubric_bands(given, read_rubric(rubric), read_rubric_answers(answers))


def _check_use(
    confirm: Sequence[str], by: str | None, on: date | None, output: str | None, as_json: bool
) -> None:
    if confirm and (by is None or output is None):
        raise typer.BadParameter("--confirm needs --by, who confirms, and -o, where the problem goes")
    if not confirm and (by, on, output) != (None, None, None):
        raise typer.BadParameter("without --confirm nothing is changed, so --by, --on and -o say nothing")
    if as_json and output == STANDARD:
        raise typer.BadParameter("--json and -o - would both write to standard output")


def _confirmed(given: Sequence[str]) -> dict[str, str]:
    """Return bands by client; codes of clients may have an equals sign, those of bands seldom do."""
    found: dict[str, str] = {}
    for text in given:
        client, _, band = text.rpartition("=")
        if not client or not band:
            raise typer.BadParameter(f"--confirm {plain(text)}: expected CLIENT=BAND, such as P017=high")
        if client in found:
            raise typer.BadParameter(f"--confirm names {plain(client)} twice")
        found[client] = band
    return found


def _tell(to: Console, proposals: Sequence[BandProposal], changes: Sequence[BandChange]) -> None:
    for change in changes:
        what = f"from {change.before} to {change.after}"
        if change.before == change.after:
            what = f"stays {change.after}"
        hanging(to, f"{change.client} {what}, confirmed by {change.by} on {change.on}. {change.reason}", 0)
    if not proposals:
        to.print("No other band is proposed." if changes else "No band is proposed.")
        return
    to.print("Proposed, and changed only when a clinician confirms:", style="bold")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("client", "clinician", "band", "proposed", "why"):
        table.add_column(name)
    for entry in proposals:
        cells = (entry.client, entry.clinician or "-", entry.band, entry.proposed, entry.reason)
        table.add_row(*map(plain, cells))
    to.print(table)
    first = proposals[0]
    to.print("To confirm the first of them:")
    named = f"{first.client}={first.proposed}"
    to.print(f"  safeschedule bands FILE --confirm {plain(named)} --by CLINICIAN -o OUT", soft_wrap=True)
