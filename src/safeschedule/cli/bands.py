"""``safeschedule bands``: acuity bands that flags and reviews ask for, and confirming them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from safeschedule.caseload import BandChange, BandProposal

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
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def bands(
    problem: ProblemFile,
    confirm: Confirm = None,
    by: By = None,
    on: On = None,
    output: Output = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """List the acuity bands that flags and reviews ask for; confirm some with --confirm.

    A proposal changes nothing. What a clinician confirms is written with -o.
    """
    from safeschedule.caseload import confirm_bands, proposed_bands
    from safeschedule.serialisation import as_plain_data

    _check_use(confirm or [], by, on, output, as_json)
    check_apart([output], [problem])
    if output is not None:
        check_file(output)
    given = read_problem(problem)
    proposals = proposed_bands(given)
    changes: tuple[BandChange, ...] = ()
    if confirm and by is not None and output is not None:
        when = given.week_start if on is None else on.date()
        after, changes = confirm_bands(given, _confirmed(confirm), by, when)
        write_entity(output, after, overwrite=overwrite)
        proposals = proposed_bands(after)
    if as_json:
        listed = {
            "proposed": [as_plain_data(p) for p in proposals],
            "confirmed": [as_plain_data(c) for c in changes],
        }
        emit(json.dumps(listed, ensure_ascii=False))
        return
    to = console(err=output == STANDARD)
    _tell(to, proposals, changes)
    if output not in (None, STANDARD):
        to.print(f"Written: {output}", soft_wrap=True)


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
