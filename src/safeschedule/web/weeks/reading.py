"""Weeks as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from safeschedule import Problem, Schedule
from safeschedule.web.storage import documents
from safeschedule.web.storage.tables import publications, versions, weeks
from safeschedule.web.told import not_found

DRAFT, PROPOSED, APPROVED, PUBLISHED = "draft", "proposed", "approved", "published"
"""The states of a week; a change makes it a draft again."""


@dataclass(frozen=True)
class KeptWeek:
    """One version of a week.

    Parameters
    ----------
    code, name, week_start
        Which week.
    version, state
        The version, and the state it is in.
    parent
        The version whose content the last step back leads to; ``None``: there is none.
    problem_key, schedule_key
        Where problem and schedule are kept.
    action, why, by_code, by_role, at, entry
        What made this version, and the number of the ledger's entry.
    """

    code: str
    name: str
    week_start: str
    version: int
    state: str
    parent: int | None
    problem_key: str
    schedule_key: str
    action: str
    why: str
    by_code: str
    by_role: str
    at: str
    entry: int

    @property
    def tag(self) -> str:
        """The version as an entity tag of HTTP."""
        return f'"{self.version}"'

    def problem(self, connection: Connection) -> Problem:
        """Return what is given."""
        return documents.problem(connection, self.problem_key)

    def schedule(self, connection: Connection) -> Schedule:
        """Return what is planned."""
        return documents.schedule(connection, self.schedule_key)

    def summary(self) -> dict[str, Any]:
        """Return it as plain data, without what is in the week."""
        return {
            "week": self.code,
            "name": self.name,
            "week_start": self.week_start,
            "version": self.version,
            "state": self.state,
            "action": self.action,
            "why": self.why,
            "by": self.by_code,
            "at": self.at,
            "entry": self.entry,
        }


_COLUMNS = (
    weeks.c.code,
    weeks.c.name,
    weeks.c.week_start,
    versions.c.version,
    versions.c.state,
    versions.c.parent,
    versions.c.problem,
    versions.c.schedule,
    versions.c.action,
    versions.c.why,
    versions.c.by_code,
    versions.c.by_role,
    versions.c.at,
    versions.c.entry,
)


def find(connection: Connection, code: str) -> KeptWeek:
    """Return a week as it is now.

    Raises
    ------
    RefusalError
        There is none of that code.
    """
    asked = select(*_COLUMNS).join(versions, versions.c.week == weeks.c.code)
    row = connection.execute(asked.where(weeks.c.code == code, versions.c.version == weeks.c.version)).first()
    if row is None:
        raise not_found("week")
    return _week(row)


def version_of(connection: Connection, code: str, version: int) -> KeptWeek:
    """Return a week as it was.

    Raises
    ------
    RefusalError
        It has no such version.
    """
    asked = select(*_COLUMNS).join(versions, versions.c.week == weeks.c.code)
    row = connection.execute(asked.where(weeks.c.code == code, versions.c.version == version)).first()
    if row is None:
        raise not_found("version of this week")
    return _week(row)


def all_weeks(connection: Connection) -> list[KeptWeek]:
    """Return every week as it is now, the latest first."""
    asked = select(*_COLUMNS).join(versions, versions.c.week == weeks.c.code)
    asked = asked.where(versions.c.version == weeks.c.version)
    return [_week(row) for row in connection.execute(asked.order_by(weeks.c.week_start.desc(), weeks.c.code))]


def history(connection: Connection, code: str) -> list[KeptWeek]:
    """Return the versions of a week, the newest first."""
    asked = select(*_COLUMNS).join(versions, versions.c.week == weeks.c.code).where(weeks.c.code == code)
    return [_week(row) for row in connection.execute(asked.order_by(versions.c.version.desc()))]


@dataclass(frozen=True)
class Publication:
    """A week as it was given out.

    Parameters
    ----------
    week, version
        Which week, in which version.
    problem, schedule
        Its content.
    head
        The head of the ledger then: printed on each rota, it proves later that nothing was made anew.
    at
        When.
    """

    week: str
    version: int
    problem: Problem
    schedule: Schedule
    head: str
    at: str


def published(connection: Connection, code: str) -> Publication | None:
    """Return what was given out last of a week; ``None``: nothing yet."""
    asked = publications.select().where(publications.c.week == code).order_by(publications.c.number.desc())
    row = connection.execute(asked.limit(1)).first()
    if row is None:
        return None
    return Publication(
        code,
        row.version,
        documents.problem(connection, row.problem),
        documents.schedule(connection, row.schedule),
        row.head,
        row.at,
    )


def _week(row: Sequence[Any]) -> KeptWeek:
    return KeptWeek(*row)
