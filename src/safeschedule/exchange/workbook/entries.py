"""The entries of each list: of which list a row is, whose it is, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from safeschedule.exchange.workbook.gathering import Gathered, Origin, Use, data_rows, read_field
from safeschedule.exchange.workbook.kinds.values import DaysKind
from safeschedule.exchange.workbook.layout.sheets import ALL_ASK, OWNER, PLACE, WHAT, Field, SheetTable
from safeschedule.problem.showing import did_you_mean, show

WAITING, ASKED = "waiting", "asked"
"""Where clients of the waiting list, and requests of clients' rows, are kept until all are there."""


def gather_entries(got: Gathered, use: Use) -> None:
    """Add the entries of a sheet whose rows stand for themselves."""
    where = use.field(PLACE)
    for table in use.sheet.tables:
        _list(got, table)
    for row in data_rows(use):
        own = _table_of(got, use, row)
        if own is None:
            continue
        path, entries = own.entries.path, _list(got, own)
        if where is not None:
            path, entries = WAITING, got.data.setdefault(WAITING, [])
        path = f"{path}[{len(entries)}]"
        got.origins[path] = Origin(use, row)
        entry = _read(got, use, row, own, path)
        entries.append(entry)
        _ask(got, use, row, entry)
        if where is not None:
            entry[PLACE] = read_field(got, use, row, where, f"{path}.{PLACE}")[1]


def _list(got: Gathered, table: SheetTable) -> list[dict[str, Any]]:
    head, _, tail = table.entries.path.partition(".")
    if not tail:
        found: list[dict[str, Any]] = got.data.setdefault(head, [])
        return found
    inner: list[dict[str, Any]] = got.data.setdefault(head, {}).setdefault(tail, [])
    return inner


def _table_of(got: Gathered, use: Use, row: int) -> SheetTable | None:
    what = use.field(WHAT)
    if what is None:
        return use.sheet.tables[0]
    there, word = read_field(got, use, row, what, "")
    if not there:
        spot = use.spot(row, what)
        if not any(located.spot == spot for located in got.faults):
            got.fault("missing_field", spot, "", what.kind.expected)
        return None
    return next(table for table in use.sheet.tables if table.entries.word == word)


def _read(got: Gathered, use: Use, row: int, table: SheetTable, path: str) -> dict[str, Any]:
    """Return what a row says of the fields of its list; what it says beside is a fault."""
    entry: dict[str, Any] = {}
    own_names = {field.name for field in table.fields}
    for field in use.sheet.fields:
        if field.beside or field.name in (OWNER, WHAT, PLACE):
            continue
        there, value = read_field(got, use, row, field, f"{path}.{field.name}")
        if there and field.name in own_names:
            entry[field.name] = value
        elif there:
            told = f"nothing: a {table.entries.word} has no {field.headings[0].casefold()}"
            got.fault("unknown_field", use.spot(row, field), show(value), told)
        elif field.many and field.name in own_names:
            entry.setdefault(field.name, [])
    return entry


def _ask_for_members(got: Gathered, use: Use, row: int, group: dict[str, Any]) -> None:
    """Add the requests of a group's members, if its row says that they ask."""
    field = use.field(ALL_ASK, beside=True)
    if (
        field is None
        or not read_field(got, use, row, field, "")[1]
        or not {"id", "session_type"} <= group.keys()
    ):
        return
    requests = got.data.setdefault(ASKED, [])
    for member in group.get("members", ()):
        got.origins[f"{ASKED}[{len(requests)}]"] = Origin(use, row)
        code = f"{group['id']} {member}"
        kind = group["session_type"]
        requests.append({"id": code, "client": member, "session_type": kind, "group": group["id"]})


def _ask(got: Gathered, use: Use, row: int, client: dict[str, Any]) -> None:
    """Add the request that is asked for in a client's row."""
    fields = [field for field in use.sheet.fields if field.beside]
    if not fields or use.field(ALL_ASK, beside=True):
        _ask_for_members(got, use, row, client)
        return
    requests = got.data.setdefault(ASKED, [])
    path = f"{ASKED}[{len(requests)}]"
    said = {field.name: read_field(got, use, row, field, f"{path}.{field.name}") for field in fields}
    request = {name: value for name, (there, value) in said.items() if there}
    if not request:
        return
    if "session_type" not in request:
        (kind,) = (field for field in fields if field.name == "session_type")
        if not any(located.path == f"{path}.session_type" for located in got.faults):
            got.fault("missing_field", use.spot(row, kind), "", "what is asked for, beside how", path)
        return
    code = client.get("id")
    got.origins[path] = Origin(use, row, beside=True)
    requests.append({**({"id": code, "client": code} if code is not None else {}), **request})


def join(got: Gathered) -> None:
    """Put clients of the waiting list among the others, and requests of clients' rows behind the others."""
    paths: dict[str, str] = {}
    clients = [(entry, f"clients[{n}]") for n, entry in enumerate(got.data.get("clients", ()))]
    waiting = [(entry, f"{WAITING}[{n}]") for n, entry in enumerate(got.data.pop(WAITING, ()))]
    last = len(clients) + len(waiting)
    for entry, path in sorted(waiting, key=lambda each: each[0][PLACE] or last):
        place = entry.pop(PLACE) or last
        clients.insert(place - 1, (entry, path))
    if waiting:
        got.data["clients"] = [entry for entry, _ in clients]
        paths |= {path: f"clients[{n}]" for n, (_, path) in enumerate(clients)}
    asked = got.data.pop(ASKED, [])
    if asked:
        requests = got.data.setdefault("requests", [])
        paths |= {f"{ASKED}[{n}]": f"requests[{len(requests) + n}]" for n in range(len(asked))}
        requests += asked
    _rename(got, paths)


def _rename(got: Gathered, paths: dict[str, str]) -> None:
    """Let origins and faults follow entries that stand elsewhere now."""
    got.origins = {paths.get(path, path): origin for path, origin in got.origins.items()}
    for number, each in enumerate(got.faults):
        head, bracket, tail = each.path.partition("]")
        if bracket and head + bracket in paths:
            got.faults[number] = replace(each, path=paths[head + bracket] + tail)


def gather_belongings(got: Gathered, use: Use) -> None:
    """Add what belongs to entries of other sheets, such as hours and leave."""
    owners = _owners(got, use)
    whose = use.field(OWNER)
    assert whose is not None
    for row in data_rows(use):
        there, code = read_field(got, use, row, whose, "")
        spot = use.spot(row, whose)
        if not there:
            if not any(located.spot == spot for located in got.faults):
                got.fault("missing_field", spot, "", "whose it is: a code")
            continue
        if code not in owners:
            where = " or ".join(whose.refers)
            expected = f"a code of the sheet {where}{did_you_mean(code, owners)}"
            got.fault("unknown_reference", spot, show(code), expected)
            continue
        table, number = owners[code]
        entries = got.data[table.parent][number].setdefault(table.name, [])
        path = f"{table.parent}[{number}].{table.name}"
        before = len(got.faults)
        entry = _read(got, use, row, table, f"{path}[{len(entries)}]")
        if len(got.faults) > before and any(
            field.needed and field.name not in entry for field in table.fields
        ):
            continue  # it is told, and without it the rest of its owner can be looked at
        for own in _each_day(entry, use):
            got.origins[f"{path}[{len(entries)}]"] = Origin(use, row)
            entries.append(own)


def _owners(got: Gathered, use: Use) -> dict[str, tuple[SheetTable, int]]:
    found: dict[str, tuple[SheetTable, int]] = {}
    for table in use.sheet.tables:
        for number, entry in enumerate(got.data.get(table.parent, ())):
            if isinstance(entry.get("id"), str):
                found.setdefault(entry["id"], (table, number))
    return found


def _each_day(entry: dict[str, Any], use: Use) -> Iterator[dict[str, Any]]:
    """Yield an entry for each of several days."""
    day = use.field("day")
    if day is None or not isinstance(day.kind, DaysKind) or not isinstance(entry.get("day"), list):
        yield entry
        return
    yield from ({**entry, "day": each} for each in entry["day"])


def codes_on(use: Use) -> frozenset[str]:
    """Return the codes that a sheet seems to have, before anything is read."""
    own: Field | None = use.field("id")
    column = use.columns.column(own) if own else 0
    found = (use.grid.cell(row, column).value for row in data_rows(use)) if column else ()
    return frozenset(value.strip() for value in found if isinstance(value, str))
