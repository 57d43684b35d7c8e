"""``safeschedule evidence``: the folder for a commissioner or an audit."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import ProblemFile, read_problem
from safeschedule.cli.ledger.options import Json, Where
from safeschedule.cli.outputs import Overwrite, check_apart, check_folder, writing
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from safeschedule.exchange.writing import Files

_DAY = ["%Y-%m-%d"]
Since = Annotated[
    datetime, typer.Option(formats=_DAY, metavar="DATE", help="The period's first date, in UTC.")
]
Until = Annotated[datetime, typer.Option(formats=_DAY, metavar="DATE", help="Its last date.")]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.")]
Past = Annotated[
    Path | None,
    typer.Option("--actuals", metavar="FOLDER", help="What happened: measures of the period, and warnings."),
]
NoPdf = Annotated[bool, typer.Option("--no-pdf", help="Make no PDF, though there is a browser.")]


def evidence(
    problem: ProblemFile,
    where: Where,
    since: Since,
    until: Until,
    output: Folder,
    actuals: Past = None,
    no_pdf: NoPdf = False,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Write what a commissioner asks of caseloads: a page, a PDF, and tables.

    It is made from the ledger and the problem's rulebook. People are numbered anew;
    no code of anybody is in it. A PDF needs a browser of the Chromium family.
    """
    from safeschedule.actuals import read_actuals_folder
    from safeschedule.evidence import evidence_pack
    from safeschedule.evidence.printing import browser
    from safeschedule.evidence.writing import write_pack
    from safeschedule.ledger import read_ledger

    check_folder(output)
    check_apart(sorted(output.glob("*.*")) if output.is_dir() else [], [problem])
    past = None if actuals is None else read_actuals_folder(actuals)
    given, entries = read_problem(problem), read_ledger(where)
    pack = evidence_pack(given, entries, since.date(), until.date(), actuals=past)
    program = None if no_pdf else browser()
    names: list[str] = []

    def write(files: Files) -> None:
        names.extend(write_pack(pack, output, files, program))

    writing(write, overwrite=overwrite)
    if as_json:
        emit(json.dumps(pack.to_dict(), ensure_ascii=False))
        return
    to = console()
    for section in pack.sections:
        to.print(section.title, style="bold")
        hanging(to, section.answer)
    if program is None and not no_pdf:
        hanging(to, "There is no PDF: no browser of the Chromium family was found.", indent=0)
    to.print(f"Written: {output} ({', '.join(names)})", soft_wrap=True)
