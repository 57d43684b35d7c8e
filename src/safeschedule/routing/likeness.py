"""What two weeks have in common that have one answer, so that it is looked for once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule

_BACK, _AHEAD = -60, 30
"""Days about a week in which dates make a difference; no rule looks farther."""


def likeness(problem: Problem, schedule: Schedule) -> tuple[object, ...]:
    """Return what a week is, with each date told by its days from the first of the week.

    Two weeks of which this is equal are one week at two dates. Since when clients wait is left out: it says
    who comes first, not who can be taken.
    """
    first = problem.week_start
    clients = [{**client.model_dump(warnings=False), "waiting_since": None} for client in problem.clients]
    given = problem.model_dump(exclude={"week_start", "clients"}, warnings=False)
    held = [each.model_dump(warnings=False) for each in schedule.appointments]
    return _told(given, first), _told(clients, first), _told(held, first)


def _told(value: Any, first: date) -> object:
    """Return a value with dates as days from the first of the week, far ones as far."""
    if isinstance(value, str) and value[:4].isdigit():
        # Dates and times are dumped as text.
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return _days(value.date(), first), value.time()
    if isinstance(value, date):
        return _days(value, first)
    if isinstance(value, Mapping):
        return {key: _told(each, first) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_told(each, first) for each in value]
    return value


def _days(day: date, first: date) -> int:
    return min(max((day - first).days, _BACK), _AHEAD)
