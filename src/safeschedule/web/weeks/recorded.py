"""Weeks as they went: brought by people, kept whole, and read by measures, huddles and waiting lists."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from safeschedule import Actuals
from safeschedule.web.storage.tables import actuals
from safeschedule.web.times import stamp


def recorded_weeks(connection: Connection) -> tuple[Actuals, ...]:
    """Return the weeks that were recorded, in order."""
    rows = connection.execute(actuals.select().order_by(actuals.c.week_start))
    return tuple(Actuals.model_validate_json(row.body) for row in rows)


def record(connection: Connection, weeks: Iterable[Actuals], by: str) -> None:
    """Keep weeks as they went; of a week that is there already the later record counts."""
    for week in weeks:
        row = {"body": week.model_dump_json(), "made_by": by, "made_at": stamp()}
        start = str(week.week_start)
        there = actuals.update().where(actuals.c.week_start == start)
        if connection.execute(there.values(**row)).rowcount != 1:
            connection.execute(actuals.insert().values(week_start=start, **row))
