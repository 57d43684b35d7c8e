"""What a job found, to be taken or left."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from safeschedule import Problem, Schedule
from safeschedule.web.storage import documents
from safeschedule.web.storage.tables import proposals
from safeschedule.web.times import stamp
from safeschedule.web.told import RefusalError, not_found

OPEN, TAKEN, LEFT = "open", "taken", "left"


@dataclass(frozen=True)
class WeekProposal:
    """What a job found.

    Parameters
    ----------
    code, week, version
        Which proposal, for which version of which week.
    state
        ``open``, ``taken`` or ``left``.
    body
        What is told of it, as plain data.
    problem_key, schedule_key
        Its content.
    """

    code: str
    week: str
    version: int
    state: str
    body: dict[str, Any]
    problem_key: str
    schedule_key: str
    job: str
    made_at: str

    def problem(self, connection: Connection) -> Problem:
        """Return the problem, which may be a changed one."""
        return documents.problem(connection, self.problem_key)

    def schedule(self, connection: Connection) -> Schedule:
        """Return the schedule that is proposed."""
        return documents.schedule(connection, self.schedule_key)


def keep(
    connection: Connection,
    job: str,
    week: str,
    version: int,
    problem: Problem,
    schedule: Schedule,
    body: dict[str, Any],
) -> str:
    """Keep a proposal and return its code."""
    code = secrets.token_hex(6)
    row = {
        "code": code,
        "week": week,
        "job": job,
        "version": version,
        "problem": documents.put(connection, problem),
        "schedule": documents.put(connection, schedule),
        "state": OPEN,
        "body": json.dumps(body, ensure_ascii=False),
        "made_at": stamp(),
    }
    connection.execute(proposals.insert().values(**row))
    return code


def find_proposal(connection: Connection, code: str) -> WeekProposal:
    """Return a proposal.

    Raises
    ------
    RefusalError
        There is none of that code.
    """
    row = connection.execute(proposals.select().where(proposals.c.code == code)).first()
    if row is None:
        raise not_found("proposal")
    return WeekProposal(
        row.code,
        row.week,
        row.version,
        row.state,
        json.loads(row.body),
        row.problem,
        row.schedule,
        row.job,
        row.made_at,
    )


def of_week(connection: Connection, week: str) -> list[WeekProposal]:
    """Return the open proposals of a week, the newest first."""
    asked = proposals.select().where(proposals.c.week == week, proposals.c.state == OPEN)
    rows = connection.execute(asked.order_by(proposals.c.made_at.desc()))
    return [find_proposal(connection, row.code) for row in rows.all()]


def call_lists(connection: Connection, week: str) -> list[WeekProposal]:
    """Return the proposals after sick calls that are taken or open, the newest first."""
    asked = proposals.select().where(proposals.c.week == week, proposals.c.state != LEFT)
    rows = connection.execute(asked.order_by(proposals.c.made_at.desc())).all()
    found = [find_proposal(connection, row.code) for row in rows]
    return [each for each in found if each.body.get("tell")]


def settle(connection: Connection, proposal: WeekProposal, state: str) -> None:
    """Say what became of a proposal.

    Raises
    ------
    RefusalError
        It is settled already.
    """
    row = proposals.update().where(proposals.c.code == proposal.code, proposals.c.state == OPEN)
    if connection.execute(row.values(state=state)).rowcount != 1:
        raise RefusalError(409, "settled", "This proposal was taken or left already.")
