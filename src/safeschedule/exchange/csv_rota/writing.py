"""Write a rota as CSV."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

from safeschedule.exchange.csv_rota.cells import guard, join
from safeschedule.exchange.csv_rota.columns import APPOINTMENT, BLOCK, COLUMNS, LEFT_OUT
from safeschedule.exchange.writing import write_atomically
from safeschedule.problem import Problem
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule
from safeschedule.schedule.fitting import require_fitting

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def write_csv(problem: Problem, schedule: Schedule, path: Path) -> None:
    """Write one row for each appointment, block and request left out.

    The file is UTF-8 with a byte-order mark, because Excel takes anything else for the country's old
    character set and LibreOffice does not mind; rows end as RFC 4180 has it. Cells that a spreadsheet
    would run or rewrite begin with an apostrophe, which `read_csv` takes away.

    Parameters
    ----------
    problem
        The week; left-out requests get their client and session type from it.
    schedule
        What is written, in the order of time.
    path
        The file; its folder has to exist.

    Raises
    ------
    InputError
        The problem has faults, or the schedule is of another week, time zone or team.
    """
    require_fitting(problem, schedule)
    stream = io.StringIO(newline="")
    rows = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    timed: list[Appointment | Block] = [*schedule.appointments, *schedule.blocks]
    for item in sorted(timed, key=lambda item: (item.start, item.clinicians, isinstance(item, Block))):
        rows.writerow(_appointment(item) if isinstance(item, Appointment) else _block(item))
    rows.writerows(_left_out(problem, entry) for entry in schedule.left_out)
    write_atomically(path, stream.getvalue().encode("utf-8-sig"))


def _time(start: datetime, minutes: int) -> dict[str, str]:
    end = start + timedelta(minutes=minutes)
    return {
        "date": start.date().isoformat(),
        "weekday": _DAYS[start.weekday()],
        "start": start.strftime("%H:%M"),
        "end": end.strftime("%H:%M"),
        "minutes": str(minutes),
    }


def _appointment(item: Appointment) -> dict[str, str]:
    return _time(item.start, item.minutes) | {
        "clinician": guard(join(item.clinicians)),
        "what": APPOINTMENT,
        "kind": guard(item.session_type),
        "client": guard(join(item.clients)),
        "site": guard(item.site or ""),
        "room": guard(item.room or ""),
        "mode": str(item.mode),
        "request": guard(item.request or ""),
        "group": guard(item.group or ""),
    }


def _block(item: Block) -> dict[str, str]:
    return _time(item.start, item.minutes) | {
        "clinician": guard(join(item.clinicians)),
        "what": BLOCK,
        "kind": str(item.kind),
        "supervisor": guard(item.supervisor or ""),
        "site": guard(item.site or ""),
    }


def _left_out(problem: Problem, entry: LeftOut) -> dict[str, str]:
    request = next((request for request in problem.requests if request.id == entry.request), None)
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
