"""``safeschedule contacts``: who is due or overdue, for contact and for review."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity
from safeschedule.cli.summary import MOST

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.caseload import Due
    from safeschedule.problem import Problem, Request

Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=output_name,
        help="Where the problem with these requests goes, or -.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def contacts(
    problem: ProblemFile, output: Output = None, overwrite: Overwrite = False, as_json: Json = False
) -> None:
    """List who is due or overdue for contact or review, and what is asked for them.

    Who has no request gets one that follows from the acuity band; -o writes it.
    """
    from safeschedule.caseload import with_requests_from_bands

    if as_json and output == STANDARD:
        raise typer.BadParameter("--json and -o - would both write to standard output")
    check_apart([output], [problem])
    if output is not None:
        check_file(output)
    given = read_problem(problem)
    full = with_requests_from_bands(given)
    if output is not None:
        write_entity(output, full, overwrite=overwrite)
    if as_json:
        emit(json.dumps(_plain(given, full), ensure_ascii=False))
        return
    to = console(err=output == STANDARD)
    _tell(to, given, full)
    if output not in (None, STANDARD):
        to.print(f"Written: {output}", soft_wrap=True)


def _plain(given: Problem, full: Problem) -> dict[str, Any]:
    from safeschedule.caseload import due_contacts, due_reviews
    from safeschedule.serialisation import as_plain_data

    contacts, reviews = _asked_for(full)
    return {
        "week_start": str(given.week_start),
        "contacts": [as_plain_data(due) | {"requests": contacts[due.client]} for due in due_contacts(given)],
        "reviews": [as_plain_data(due) | {"requests": reviews[due.client]} for due in due_reviews(given)],
        "added": [request.model_dump(mode="json", exclude_defaults=True) for request in _added(given, full)],
        "never_contacted": _never_contacted(given),
    }


def _added(given: Problem, full: Problem) -> tuple[Request, ...]:
    return full.requests[len(given.requests) :]


def _asked_for(full: Problem) -> tuple[defaultdict[str, list[str]], defaultdict[str, list[str]]]:
    """Return each client's requests: those for reviews, after those for anything else."""
    from safeschedule.problem import Kind

    reviews = {kind.id for kind in full.session_types if kind.kind is Kind.REVIEW}
    found: tuple[defaultdict[str, list[str]], defaultdict[str, list[str]]]
    found = defaultdict(list), defaultdict(list)
    for request in full.requests:
        found[request.session_type in reviews][request.client].append(request.id)
    return found


def _never_contacted(problem: Problem) -> list[str]:
    from safeschedule.caseload.contacts import last_contacts

    known = last_contacts(problem)
    return [c.id for c in problem.clients if c.clinician is not None and c.id not in known]


def _tell(to: Console, given: Problem, full: Problem) -> None:
    from safeschedule.caseload import due_contacts, due_reviews

    contacts, reviews = _asked_for(full)
    to.print(f"Week of {given.week_start}", style="bold")
    _overview(to, given, full)
    added = {request.id: request for request in _added(given, full)}
    _list(to, "Due for contact", due_contacts(given), contacts, added)
    _list(to, "Due for review", due_reviews(given), reviews, added)
    unknown = _never_contacted(given)
    if unknown:
        to.print(
            f"{len(unknown)} of the caseloads' clients have no contact on record, so nobody knows when they "
            "are due; --json lists them.",
            style="yellow",
        )


def _overview(to: Console, given: Problem, full: Problem) -> None:
    """Print how many are due by band, the highest first, and how many requests follow."""
    from safeschedule.caseload import due_contacts, due_reviews

    contacts, reviews = due_contacts(given), due_reviews(given)
    bands = {client.id: client.band for client in given.clients}
    added = Counter(bands[request.client] for request in _added(given, full))
    table = _table("band", "due for contact", "overdue", "due for review", "overdue", "new requests")
    for band in sorted(given.bands, key=lambda band: -band.rank):
        own = [[due for due in entries if due.band == band.id] for entries in (contacts, reviews)]
        late = [sum(due.overdue > 0 for due in entries) for entries in own]
        cells = (len(own[0]), late[0], len(own[1]), late[1], added[band.id])
        table.add_row(plain(band.id), *map(str, cells))
    to.print(table)


def _list(
    to: Console,
    title: str,
    entries: tuple[Due, ...],
    asked: defaultdict[str, list[str]],
    added: dict[str, Request],
) -> None:
    if not entries:
        return
    to.print(f"{title}, the most overdue first:", style="bold")
    table = _table("client", "clinician", "band", "due", "days overdue", "asked for", right=("days overdue",))
    for due in entries[:MOST]:
        own = asked[due.client]
        new = [f"new, priority {added[code].priority}" for code in own if code in added]
        what = ", ".join(new or own) or "-"
        cells = (due.client, due.clinician or "-", due.band, str(due.due), str(due.overdue or "-"), what)
        table.add_row(*map(plain, cells))
    to.print(table)
    if len(entries) > MOST:
        to.print(f"  ... and {len(entries) - MOST} more; --json tells all of them")


def _table(*names: str, right: tuple[str, ...] | None = None) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(names):
        to_the_right = number > 0 if right is None else name in right
        table.add_column(name, justify="right" if to_the_right else "left")
    return table
