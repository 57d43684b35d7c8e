"""Places in sessions of a group that are held anyway."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from safeschedule.problem import Request
from safeschedule.schedule import Appointment
from safeschedule.schedule.serving import with_one_less
from safeschedule.suggesting.effects import effects_of
from safeschedule.suggesting.metrics import metrics_of
from safeschedule.suggesting.moving import amended
from safeschedule.suggesting.openings import minus
from safeschedule.suggesting.reasons import Reason
from safeschedule.suggesting.rooms import Rooms
from safeschedule.suggesting.suggestion import Suggestion
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding


def group_places(
    standing: Standing, rooms: Rooms, request: Request, n: int, stop: threading.Event
) -> tuple[tuple[Suggestion, ...], Reason]:
    """Return places in a group's sessions, best first, and without any the rules against it and why."""
    held = [
        given
        for given in standing.nearby.of([("group", request.group or "")])
        if isinstance(given, Appointment) and request.client not in given.clients
    ]
    found: list[Suggestion] = []
    against: list[Finding] = []
    for session in held:
        if stop.is_set():
            break
        place, breaks = _place_in(standing, rooms, request, session)
        against += breaks
        if not breaks:
            found.append(place)
    found.sort(key=lambda place: (minus(tuple(place.effects.gains.values())), place.appointment.start))
    return tuple(found[:n]), ((), "") if found else _why_none(request, held, against)


def _why_none(request: Request, held: Sequence[Appointment], against: Sequence[Finding]) -> Reason:
    if not held:
        return ("group_size",), f"The group {request.group} has no session in this week that could be joined."
    rules = tuple(dict.fromkeys(finding.rule for finding in against))
    count = f"{len(held)} session{'' if len(held) == 1 else 's'}"
    example = f" For example: {against[0].sentence}" if against else ""
    return rules, f"{count} of the group {request.group} tried; each would break a rule.{example}"


def _place_in(
    standing: Standing, rooms: Rooms, request: Request, held: Appointment
) -> tuple[Suggestion, tuple[Finding, ...]]:
    """Return a place in a group's session as a suggestion, and what it would break."""
    joined = held.model_copy(update={"clients": tuple(sorted((*held.clients, request.client)))})
    made = with_one_less(amended(standing.schedule, [held], [joined]), request)
    change = standing.change(made)
    metrics = metrics_of(standing, rooms, [held], [joined])
    effects = effects_of(change, standing.week.settings, metrics)
    return Suggestion(joined, (), (), made, effects), change.breaks
