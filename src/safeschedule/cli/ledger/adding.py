"""``safeschedule ledger add``: write down what was decided."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import STANDARD, read_problem, read_week, source
from safeschedule.cli.ledger.breach import breach_of, written_exception
from safeschedule.cli.ledger.options import Json, Where
from safeschedule.cli.moments import now
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from safeschedule.ledger import LedgerEntry, Statement

Kind = Annotated[str | None, typer.Argument(metavar="KIND", help="What kind of entry; see `ledger kinds`.")]
Fields = Annotated[
    list[str] | None,
    typer.Argument(metavar="FIELD=VALUE...", help="What it says, such as client=K1; lists are CODE,CODE."),
]
By = Annotated[str | None, typer.Option(metavar="ROLE:CODE", help="Who decides.")]
Why = Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, without names.")]
At = Annotated[str | None, typer.Option(metavar="TIME", help="When, with its zone; by itself now.")]
Problem = Annotated[
    str | None, typer.Option(metavar="FILE", help="The week it is about: its hashes are kept.")
]
Schedule = Annotated[str | None, typer.Option(metavar="FILE", help="The schedule it is about, likewise.")]
Document = Annotated[
    str | None,
    typer.Option(
        metavar="FILE.json",
        help="A capacity exception that explain --exception wrote: what it says need not be said again.",
    ),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Statements as JSON, a list of them; - for standard input."),
]


def add(
    where: Where,
    kind: Kind = None,
    fields: Fields = None,
    by: By = None,
    why: Why = None,
    at: At = None,
    problem: Problem = None,
    schedule: Schedule = None,
    document: Document = None,
    from_file: From = None,
    as_json: Json = False,
) -> None:
    """Write something down at the end of the ledger; begin the ledger where there is none.

    An exception_opened with --problem and no breach takes the breach from the panel.
    Nothing can be changed afterwards: what is wrong is corrected by a new entry.
    """
    from safeschedule.ledger import Ledger, LedgerView

    alone = (kind, by, why, at, problem, schedule, document)
    if (from_file is None) == (kind is None) or (from_file is not None and any(alone)):
        raise typer.BadParameter("give either KIND with its fields, or --from a file of statements alone")
    if schedule is not None and problem is None:
        raise typer.BadParameter("--schedule needs --problem, the week that it is for")
    if document is not None and kind != "exception_opened":
        raise typer.BadParameter("--document belongs to entries of the kind exception_opened")
    if kind is None:
        said = _statements(from_file or STANDARD)
    else:
        given = {"by": _signatory(by), "why": why, "at": at or now().isoformat()}
        content = {"kind": kind, **_content(kind, fields or ())}
        if document is not None:
            content = {**written_exception(document), **content}
        if kind == "exception_opened" and problem is not None and "breach" not in content:
            content = {**breach_of(problem, schedule, content.get("clinician")), **content}
        said = [_statement({**_present(given), "basis": _basis(problem, schedule), "content": content})]
    written = Ledger(where, create=True).add(*said)
    if as_json:
        emit(json.dumps(LedgerView(written).to_dict(), ensure_ascii=False))
        return
    _tell(written)


def _tell(written: Sequence[LedgerEntry]) -> None:
    for entry in written:
        hanging(console(), f"Entry {entry}", indent=0)
    if written:
        console().print(f"Head: {written[-1].number}:{written[-1].hash}", soft_wrap=True)


def _statement(data: Mapping[str, Any]) -> Statement:
    from safeschedule.ledger import Statement

    return Statement.from_dict(dict(data))


def _statements(name: str) -> list[Statement]:
    """Return the statements of a file, or every fault of all of them."""
    from safeschedule.errors import Fault, InputError
    from safeschedule.problem.reading.parsing import parse_json
    from safeschedule.problem.reading.source import read_text

    data = parse_json(read_text(source(name), "statements"), "statements")
    if not isinstance(data, list):
        raise InputError("statements", [Fault("wrong_type", "the file", "", "a list of statements")])
    found: list[Statement] = []
    faults: list[Fault] = []
    for place, entry in enumerate(data):
        try:
            found.append(_statement(entry if isinstance(entry, dict) else {"content": entry}))
        except InputError as error:
            faults += (Fault(f.code, f"[{place}].{f.place}", f.value, f.expected) for f in error.faults)
    if faults:
        raise InputError("statements", faults)
    return found


def _basis(problem: str | None, schedule: str | None) -> dict[str, Any]:
    from safeschedule.ledger import basis_of

    if problem is None:
        return {}
    given = read_problem(problem)
    found = basis_of(given, None if schedule is None else read_week(given, schedule))
    return found.to_dict()


def _content(kind: str, fields: Sequence[str]) -> dict[str, Any]:
    """Return fields as plain data; what the kind does not know stays, to be told with all other faults."""
    from safeschedule.ledger import KINDS

    model = KINDS.get(kind)
    found: dict[str, Any] = {}
    for text in fields:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{plain(text)}: expected FIELD=VALUE, such as client=K1")
        if name in found:
            raise typer.BadParameter(f"{plain(name)} is given twice")
        known = None if model is None else model.model_fields.get(name)
        found[name] = _value(str(known.annotation) if known else "", value)
    return found


def _value(hint: str, text: str) -> Any:
    """Return the value of a field by the words of its type; what does not fit is left to the model."""
    if "Signatory" in hint:
        return _signatory(text)
    if "tuple" in hint:
        return [part for part in text.split(",") if part]
    if "bool" in hint:
        return {"true": True, "false": False}.get(text, text)
    if re.search(r"\bint\b", hint):
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    return text


def _signatory(text: str | None) -> Any:
    if text is None:
        return None
    role, colon, code = text.partition(":")
    return {"role": role, "code": code} if colon else {"role": text}


def _present(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}
