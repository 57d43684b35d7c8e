"""Who of a call list was called, and what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from safeschedule.web.storage.tables import ticks
from safeschedule.web.times import stamp
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks.actor import Actor
from safeschedule.web.weeks.proposals import WeekProposal

CALLED, AGREED, ASKS, NOBODY = "called", "agreed", "asks", "nobody"
STATES = {
    CALLED: "called, not reached",
    AGREED: "reached, and agreed",
    ASKS: "asks for another time",
    NOBODY: "not called yet",
}
"""What can be said of somebody on the list."""


@dataclass(frozen=True)
class Tick:
    """What was said of somebody on a call list, by whom and when."""

    state: str
    by: str
    at: str


def key_of(line: Mapping[str, object]) -> str:
    """Return by what somebody on the list is known."""
    return f"{line['kind']}:{line['code']}"


def ticks_of(connection: Connection, proposal: str) -> dict[str, Tick]:
    """Return what was said, by whom on the list."""
    found = connection.execute(ticks.select().where(ticks.c.proposal == proposal))
    return {row.who: Tick(row.state, row.by_code, row.at) for row in found}


def tick(connection: Connection, actor: Actor, proposal: WeekProposal, who: str, state: str) -> None:
    """Keep what somebody on the list said; the last word counts.

    Raises
    ------
    RefusalError
        Nobody is called so there, or there is no such word.
    """
    if state not in STATES or who not in {key_of(line) for line in proposal.body.get("tell", ())}:
        raise RefusalError(422, "tick", "Nobody on this list is called so, or there is no such state.")
    connection.execute(ticks.delete().where(ticks.c.proposal == proposal.code, ticks.c.who == who))
    if state != NOBODY:
        row = {"proposal": proposal.code, "who": who, "state": state, "by_code": actor.code, "at": stamp()}
        connection.execute(ticks.insert().values(**row))


def counted(proposal: WeekProposal, said: Mapping[str, Tick]) -> str:
    """Return how far a call list is, in words."""
    keys = [key_of(line) for line in proposal.body.get("tell", ())]
    done = sum(key in said and said[key].state == AGREED for key in keys)
    asks = sum(key in said and said[key].state == ASKS for key in keys)
    more = f", {asks} ask for another time" if asks else ""
    return f"{done} of {len(keys)} agreed{more}"
