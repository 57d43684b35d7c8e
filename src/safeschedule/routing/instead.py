"""What there is for a client whom nobody can take."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from safeschedule.caseload.groups.seats import can_come
from safeschedule.problem import Client, Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import wording


def instead(
    problem: Problem, schedule: Schedule, client: Client, waiting: int, closed: Collection[str] = ()
) -> Iterator[str]:
    """Yield what there is instead (TC: waitlist management, group options, external referrals).

    Parameters
    ----------
    waiting
        How many wait already.
    closed
        Whose intakes are restricted: a seat in a group that one of them leads is an intake, too.
    """
    types = problem.by_code.session_types
    for given in schedule.appointments:
        group = None if given.group is None else problem.by_code.groups.get(given.group)
        if group is None or not group.open or client.id in given.clients:
            continue
        if set(closed) & set(given.clinicians):
            continue
        seats = types[given.session_type].largest - len(given.clients)
        if seats > 0 and can_come(client, given):
            day = wording.day_name(given.start.date())
            free = wording.count(seats, "seat")
            yield f"Group {group.id} has {free} on {day}, and the client can come then."
    yield f"The waitlist: {wording.count(waiting, 'client')} would be before this one."
    yield "An external referral."
