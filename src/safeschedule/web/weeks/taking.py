"""Taking a proposal: the week becomes what was proposed, if it still is what the proposal was made for."""

from __future__ import annotations

from sqlalchemy import Connection

from safeschedule import Schedule
from safeschedule.web.weeks.actor import Actor
from safeschedule.web.weeks.changing import change, stale
from safeschedule.web.weeks.proposals import TAKEN, WeekProposal, settle
from safeschedule.web.weeks.reading import KeptWeek, find, version_of

ACTIONS = {"plan": "planned", "fill": "filled", "sick": "replanned", "way": "made_room", "intake": "admitted"}
WHY = {
    "plan": "Planned anew: the better week was taken",
    "fill": "What still fitted was placed",
    "sick": "Planned again after a sick call",
    "way": "Room was made for a request",
    "intake": "A client was taken in",
}


def take(
    connection: Connection, actor: Actor, proposal: WeekProposal, seen: int, some: Schedule | None = None
) -> KeptWeek:
    """Make a proposal the week's next version.

    Parameters
    ----------
    seen
        The version of the week that whoever takes it has seen.
    some
        A schedule with only some of what is proposed.

    Raises
    ------
    RefusalError
        It is settled, or the week is another one meanwhile.
    """
    now = find(connection, proposal.week)
    if now.version != seen:
        raise stale(connection, version_of(connection, proposal.week, seen))
    made_for = version_of(connection, proposal.week, proposal.version)
    if (made_for.problem_key, made_for.schedule_key) != (now.problem_key, now.schedule_key):
        raise stale(connection, made_for)
    settle(connection, proposal, TAKEN)
    kind = str(proposal.body.get("kind"))
    return change(
        connection,
        actor,
        now,
        ACTIONS.get(kind, "changed"),
        WHY.get(kind, "A proposal was taken"),
        problem=proposal.problem(connection),
        schedule=some or proposal.schedule(connection),
    )
