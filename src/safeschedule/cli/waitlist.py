"""``safeschedule waitlist``: who waits, in which order, and how long that may be; and letters that say so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import ProblemFile, read_both, read_problem, source
from safeschedule.cli.outputs import Overwrite, check_apart, check_folder, writing
from safeschedule.cli.panel import MaybeSchedule
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.caseload.waitlist import WaitingClient, Waitlist
    from safeschedule.caseload.waitlist.letters import WaitlistLetter
    from safeschedule.exchange.writing import Files

Past = Annotated[
    Path | None, typer.Option("--actuals", metavar="FOLDER", help="What happened: waits are told from it.")
]
Rules = Annotated[
    str | None, typer.Option(metavar="FILE", help="Triage classes and options of the service (JSON).")
]
Expected = Annotated[
    str | None, typer.Option(metavar="FILE", help="Who is going to start and to leave (JSON).")
]
Letters = Annotated[
    Path | None, typer.Option("--letters", metavar="FOLDER", help="Write a letter to each client there.")
]
Templates = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="The service's own templates of letters.")
]
Seed = Annotated[int, typer.Option(min=0, metavar="N", help="Of the drawn courses.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def waitlist(
    problem: ProblemFile,
    schedule: MaybeSchedule = None,
    actuals: Past = None,
    rules: Rules = None,
    expected: Expected = None,
    letters: Letters = None,
    templates: Templates = None,
    seed: Seed = 0,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Tell who waits, the most urgent first, with honest ranges of the wait, and check-ins that are due.

    Without enough recorded weeks it says that the wait is not known.
    """
    from safeschedule.actuals import read_actuals_folder
    from safeschedule.caseload.panels import read_expected
    from safeschedule.caseload.waitlist import read_waitlist_rules
    from safeschedule.caseload.waitlist.letters import waitlist_letters
    from safeschedule.caseload.waitlist.waiting import waitlist as asked

    if templates is not None and letters is None:
        raise typer.BadParameter("--templates belongs to --letters")
    if letters is not None:
        check_folder(letters)
        check_apart(
            sorted(letters.glob("*.*")) if letters.is_dir() else [], [problem, schedule, rules, expected]
        )
    given, week = (read_problem(problem), None) if schedule is None else read_both(problem, schedule)
    own = None if rules is None else read_waitlist_rules(source(rules))
    past = () if actuals is None else read_actuals_folder(actuals)
    known = None if expected is None else read_expected(source(expected))
    found = asked(given, week, actuals=past, rules=own, expected=known, seed=seed)
    if letters is not None:
        made = waitlist_letters(found, service=given.name, templates=templates)
        _write(letters, made, overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    _tell(console(), found)
    if letters is not None:
        console().print(f"Written: {len(found.clients)} letters in {plain(str(letters))}", soft_wrap=True)


def _write(folder: Path, letters: tuple[WaitlistLetter, ...], *, overwrite: bool) -> None:
    from safeschedule.exchange.filenames import file_names

    names = file_names([letter.client for letter in letters], "")

    def write(files: Files) -> None:
        files.folder(folder)
        for letter in letters:
            files.write(folder / f"{names[letter.client]}{letter.suffix}", letter.text.encode())

    writing(write, overwrite=overwrite)


def _tell(to: Console, found: Waitlist) -> None:
    to.print(f"Waitlist on {found.week_start}", style="bold")
    hanging(to, found.throughput.sentence, indent=0)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "client", "triage", "since", "target", "over", "50 %", "90 %", "check-in"):
        table.add_column(name, justify="right" if name in ("", "over") else "left", no_wrap=True)
    for client in found.clients:
        table.add_row(*_cells(client))
    to.print(table)
    to.print("over: working days over the target. 50 %, 90 %: weeks to the first appointment.")
    for why in dict.fromkeys(client.unknown for client in found.clients if client.unknown):
        if why != found.throughput.sentence:
            hanging(to, why, indent=0)
    overdue = [client.client for client in found.clients if client.check_in_overdue]
    if overdue:
        hanging(to, f"Check-ins overdue: {', '.join(overdue)}.", indent=0)
    expired = [client.client for client in found.clients if client.information_expired]
    if expired:
        hanging(to, f"Information expired: {', '.join(expired)}.", indent=0)
    for client in found.clients:
        groups = [option.code for option in client.options if option.kind == "group"]
        if groups:
            hanging(to, f"{client.client}: a group that could be offered: {', '.join(groups)}.", indent=0)


def _cells(client: WaitingClient) -> list[str]:
    def told(day: object) -> str:
        return "-" if day is None else f"{day:%d %b}"

    def weeks(ends: tuple[int | None, int | None] | None) -> str:
        if ends is None:
            return "not known"
        low, high = ("later" if end is None else str(end) for end in ends)
        return f"{low} - {high}"

    return [
        str(client.place),
        plain(client.client),
        plain(client.triage),
        told(client.since),
        told(client.target),
        str(client.overdue) if client.overdue else "",
        weeks(None if client.likely is None else client.likely.weeks),
        weeks(None if client.range is None else client.range.weeks),
        told(client.check_in),
    ]
