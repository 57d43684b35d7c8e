"""Read a rota that was written as CSV, and perhaps edited in a spreadsheet since."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.csv_rota.columns import APPOINTMENT, BLOCK, COLUMNS, LEFT_OUT, MESSAGES
from safeschedule.exchange.csv_rota.row import Row
from safeschedule.problem import BlockKind, Mode, Problem
from safeschedule.problem.cutting import MOST, more
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.reading.source import read_text
from safeschedule.problem.reading.translating import faults_of
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule

_NEEDED = ("date", "start", "minutes", "clinician", "what", "kind", "client", "request")


def read_csv(problem: Problem, path: str | Path | TextIO) -> Schedule:
    """Read a rota back.

    Parameters
    ----------
    problem
        The week that the rota is for; its codes are the only ones known.
    path
        The file, or an open text file. Spreadsheets may have saved it with semicolons or tabs, without the
        byte-order mark, and with dates and times in the country's fashion.

    Returns
    -------
    Schedule
        For the verifier to judge. Its appointments, blocks and left-out entries are in the file's order.

    Raises
    ------
    InputError
        With every fault, by row (the header is row 1) and column; or the file cannot be read, is larger than
        32 MiB or not UTF-8.

    Examples
    --------
    >>> from safeschedule import read_csv, write_csv
    >>> write_csv(problem, schedule, folder / "again.csv")
    >>> len(read_csv(problem, folder / "again.csv").appointments)
    6
    """
    require_kind("read_csv", "problem", problem, Problem)
    name = Path(path).name if isinstance(path, str | Path) else "rota"
    return csv_from_text(problem, read_text(path, "rota"), name)


def csv_from_text(problem: Problem, text: str, name: str = "rota") -> Schedule:
    """Return the schedule of a table's text.

    Parameters
    ----------
    problem
        As for `read_csv`.
    text
        The table.
    name
        What it is called in faults.

    Raises
    ------
    InputError
        With every fault, by row and column.
    """
    faults: list[Fault] = []
    return schedule_of_rows(problem, _rows(text, name, faults), name, faults)


def schedule_of_rows(
    problem: Problem, rows: Iterable[tuple[int, dict[str, str]]], name: str, faults: list[Fault]
) -> Schedule:
    """Return the schedule of rows, each with its number and its guarded cells by column.

    Parameters
    ----------
    problem, name
        As for `csv_from_text`.
    rows
        The rows; reading them may add faults.
    faults
        What is wrong already.

    Raises
    ------
    InputError
        With every fault, by row and column.
    """
    known = _known(problem)
    found: dict[str, list[Any]] = {APPOINTMENT: [], BLOCK: [], LEFT_OUT: []}
    for line, cells in rows:
        row = Row(name, line, cells, problem.week_start, known, faults)
        what = row.choice("what", tuple(found))
        before = len(faults)
        if before > MOST:
            faults.append(more(f"{name} row {line}"))
            break
        item = _item(what, row, f"{name} row {line}", faults) if what else None
        if item is not None and len(faults) == before:
            found[what].append(item)
    if faults:
        raise InputError("rota", faults)
    return Schedule(
        problem=problem.name,
        week_start=problem.week_start,
        time_zone=problem.time_zone,
        appointments=tuple(found[APPOINTMENT]),
        blocks=tuple(found[BLOCK]),
        left_out=tuple(found[LEFT_OUT]),
    )


def _known(problem: Problem) -> dict[str, frozenset[str]]:
    return {
        "clinician": frozenset(clinician.id for clinician in problem.clinicians),
        "client": frozenset(client.id for client in problem.clients),
        "session type": frozenset(entry.id for entry in problem.session_types),
        "request": frozenset(request.id for request in problem.requests),
        "group": frozenset(group.id for group in problem.groups),
        "site": frozenset(site.id for site in problem.sites),
        "room": frozenset(room.id for room in problem.rooms),
        "attendant": frozenset(attendant.id for attendant in problem.attendants),
    }


def look_at_header(header: Sequence[str], place: str, faults: list[Fault]) -> bool:
    """Return whether a table has the columns that it needs and no others; note what is wrong."""
    missing = [column for column in _NEEDED if column not in header]
    faults.extend(Fault("missing_column", place, "", f"a column {column}") for column in missing)
    known = (*COLUMNS, MESSAGES)
    strange = [found for found in header if found and (found not in known or header.count(found) > 1)]
    expected = f"each of {', '.join(known)} once"
    faults.extend(Fault("unknown_column", place, found, expected) for found in strange)
    return not missing and not strange


def _rows(text: str, name: str, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    separator = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        if not look_at_header(header, f"{name} row 1", faults):
            return
        line = rows.line_num + 1
        for cells in rows:
            if any(cell.strip() for cell in cells):
                # Spreadsheets drop empty cells at a row's end.
                cells += [""] * (len(header) - len(cells))
                yield line, dict(zip(header, cells, strict=False))
            line = rows.line_num + 1
    except csv.Error as error:
        faults.append(Fault("not_csv", f"{name} row {rows.line_num}", "", f"a CSV row ({error})"))


def _item(what: str, row: Row, place: str, faults: list[Fault]) -> Any:
    read = {APPOINTMENT: _appointment, BLOCK: _block, LEFT_OUT: _left_out}[what]
    try:
        return read(row)
    except ValidationError as error:
        # Cells that can be read one by one, and hold what no schedule takes, such as control characters.
        found = faults_of(LeftOut if what == LEFT_OUT else Appointment, error)
        faults += [replace(fault, place=f"{place} {fault.place}") for fault in found]
        return None


def _appointment(row: Row) -> Appointment | None:
    start, minutes = row.times()
    session_type = row.code("kind", "session type")
    clinicians, clients = row.codes("clinician"), row.codes("client")
    site, room = row.optional("site"), row.optional("room")
    request, group = row.optional("request"), row.optional("group")
    attendants = row.codes("attendant") if row.text("attendant") else ()
    mode = row.choice("mode", tuple(Mode)) if row.text("mode") else str(Mode.IN_PERSON)
    if start is None or session_type is None or not clinicians or not clients or not mode:
        return None
    return Appointment(
        **row.identity(),
        request=request,
        group=group,
        session_type=session_type,
        clients=clients,
        clinicians=clinicians,
        start=start,
        minutes=minutes,
        mode=Mode(mode),
        site=site,
        room=room,
        attendants=attendants,
    )


def _block(row: Row) -> Block | None:
    start, minutes = row.times()
    kind = row.choice("kind", tuple(BlockKind))
    clinicians = row.codes("clinician")
    supervisor, site = row.optional("supervisor", "clinician"), row.optional("site")
    if start is None or not kind or not clinicians:
        return None
    return Block(
        **row.identity(),
        kind=BlockKind(kind),
        clinicians=clinicians,
        start=start,
        minutes=minutes,
        supervisor=supervisor,
        site=site,
    )


def _left_out(row: Row) -> LeftOut | None:
    request = row.code("request")
    sessions = row.whole("sessions", 1, 40) if row.text("sessions") else 1
    if request is None or sessions is None:
        return None
    return LeftOut(request=request, sessions=sessions, rules=row.rules(), reason=row.free("reason"))
