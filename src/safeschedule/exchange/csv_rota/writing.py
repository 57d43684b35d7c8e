"""Write a rota as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from safeschedule.caseload.messages import message_queue
from safeschedule.exchange.csv_rota.cells import guard, join
from safeschedule.exchange.csv_rota.columns import APPOINTMENT, BLOCK, COLUMNS, LEFT_OUT, MESSAGES
from safeschedule.exchange.writing import write_atomically
from safeschedule.problem import BlockKind, Problem, Request
from safeschedule.schedule import Appointment, Block, Item, LeftOut, Schedule
from safeschedule.schedule.fitting import require_fitting

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def rota_csv(problem: Problem, schedule: Schedule) -> bytes:
    """Return a table with one row for each appointment, block and request left out.

    It is UTF-8 with a byte-order mark, because Excel takes anything else for the country's old
    character set and LibreOffice does not mind; rows end as RFC 4180 has it. Cells that a spreadsheet
    would run or rewrite begin with an apostrophe, which `read_csv` takes away.

    Parameters
    ----------
    problem
        The week; left-out requests get their client and session type from it.
    schedule
        What is written, in the order of time.

    Returns
    -------
    bytes
        The whole file. What was called off and the provenance are not in it, because a table is meant to be
        edited.

    Raises
    ------
    InputError
        The schedule is of another week, time zone or team than the problem.
    """
    written = rota_rows(problem, schedule)
    stream = io.StringIO(newline="")
    rows = csv.DictWriter(stream, columns_of(problem), restval="", lineterminator="\r\n")
    rows.writeheader()
    rows.writerows(written)
    return stream.getvalue().encode("utf-8-sig")


def columns_of(problem: Problem) -> tuple[str, ...]:
    """Return the columns of a problem's rota: with messages where it has some."""
    return (*COLUMNS, MESSAGES) if problem.tasks else COLUMNS


def rota_rows(problem: Problem, schedule: Schedule) -> list[dict[str, str]]:
    """Return the rows of the table, guarded cells by column.

    Raises
    ------
    InputError
        The schedule is of another week, time zone or team than the problem.
    """
    require_fitting(problem, schedule)
    timed: list[Appointment | Block] = [*schedule.appointments, *schedule.blocks]
    in_order = sorted(timed, key=lambda item: (item.start, item.clinicians, isinstance(item, Block)))
    requests, answered = problem.by_code.requests, _answered(problem, schedule)
    return [
        *(
            _appointment(item) if isinstance(item, Appointment) else _block(item, answered)
            for item in in_order
        ),
        *(_left_out(requests.get(entry.request), entry) for entry in schedule.left_out),
    ]


def write_csv(problem: Problem, schedule: Schedule, path: str | Path) -> None:
    """Write the table of `rota_csv` to `path`, whole or not at all; its folder has to exist.

    Examples
    --------
    >>> from safeschedule import read_csv, write_csv
    >>> write_csv(problem, schedule, folder / "rota.csv")
    >>> len(read_csv(problem, folder / "rota.csv").appointments)
    6
    """
    write_atomically(path, rota_csv(problem, schedule))


def _time(start: datetime, minutes: int) -> dict[str, str]:
    end = start + timedelta(minutes=minutes)
    return {
        "date": start.date().isoformat(),
        "weekday": _DAYS[start.weekday()],
        "start": start.strftime("%H:%M"),
        "end": end.strftime("%H:%M"),
        "minutes": str(minutes),
    }


def _identity(item: Item) -> dict[str, str]:
    if item.id is None:
        return {}
    return {"id": guard(item.id), "revision": str(item.revision) if item.revision else ""}


def _appointment(item: Appointment) -> dict[str, str]:
    return _time(item.start, item.minutes) | {
        "clinician": guard(join(item.clinicians)),
        "what": APPOINTMENT,
        "kind": guard(item.session_type),
        "client": guard(join(item.clients)),
        "site": guard(item.site or ""),
        "room": guard(item.room or ""),
        "attendant": guard(join(item.attendants)),
        "mode": str(item.mode),
        "request": guard(item.request or ""),
        "group": guard(item.group or ""),
        **_identity(item),
    }


def _answered(problem: Problem, schedule: Schedule) -> dict[tuple[str, datetime], str]:
    """Return what is answered in the coordination blocks, by clinician and time, in words."""
    if not problem.tasks:
        return {}
    queue = message_queue(problem, schedule)
    return {(b.clinician, b.start): join(map(str, b.parts)) for b in queue.blocks if b.parts}


def _block(item: Block, answered: Mapping[tuple[str, datetime], str]) -> dict[str, str]:
    told = answered.get((item.clinicians[0], item.start)) if item.kind is BlockKind.COORDINATION else None
    messages = {MESSAGES: guard(told)} if told else {}
    return _time(item.start, item.minutes) | {
        "clinician": guard(join(item.clinicians)),
        "what": BLOCK,
        "kind": str(item.kind),
        "supervisor": guard(item.supervisor or ""),
        "site": guard(item.site or ""),
        **_identity(item),
        **messages,
    }


def _left_out(request: Request | None, entry: LeftOut) -> dict[str, str]:
    return {
        "what": LEFT_OUT,
        "kind": guard(request.session_type) if request else "",
        "client": guard(request.client) if request else "",
        "clinician": guard(request.clinician or "") if request else "",
        "request": guard(entry.request),
        "group": guard(request.group or "") if request else "",
        "sessions": str(entry.sessions),
        "rules": guard(join(entry.rules)),
        "reason": guard(entry.reason),
    }
