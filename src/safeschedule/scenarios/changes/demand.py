"""More or less is asked for by those who are there."""

from __future__ import annotations

from typing import ClassVar

from safeschedule.problem import Request
from safeschedule.scenarios.change import Scale, ScenarioChange
from safeschedule.scenarios.drawing import in_order
from safeschedule.scenarios.making import Making


class OtherDemand(ScenarioChange):
    """Clients ask for more or fewer sessions with one clinician; groups stay.

    More are further requests like those that are there, without a standing time; fewer are drawn from those
    that are not pinned. A larger change contains the smaller one.

    Parameters
    ----------
    scale
        A factor of the sessions that are asked for.
    """

    name: ClassVar[str] = "demand"
    main: ClassVar[str] = "scale"
    example: ClassVar[str] = "demand = 1.1"

    scale: Scale

    def apply(self, making: Making) -> None:
        """Add requests, or take sessions away."""
        single = [request for request in making.problem.requests if request.group is None]
        sessions = sum(request.count for request in single)
        change = round(sessions * self.scale) - sessions
        if change > 0:
            _add(making, in_order(single, making.draws("demand")), change)
        elif change < 0:
            pinned = {pin.request for pin in making.problem.pinned_appointments}
            free = [request for request in single if request.id not in pinned]
            _take(making, in_order(free, making.draws("demand")), -change)


def _add(making: Making, alike: list[Request], sessions: int) -> None:
    added: list[Request] = []
    problem = making.problem
    taken = {request.id for request in (*problem.requests, *problem.upcoming)}
    for number in range(sessions):
        like = alike[number % len(alike)]
        code = next(
            name for n in range(1, len(taken) + 2) if (name := f"{like.id[:70]} more {n}") not in taken
        )
        taken.add(code)
        alone = {"id": code, "count": 1, "standing": None, "every": None, "same_time": False}
        added.append(like.model_copy(update=alone))
    making.update(requests=(*problem.requests, *added))


def _take(making: Making, order: list[Request], sessions: int) -> None:
    left = {request.id: request.count for request in order}
    for request in order:
        taken = min(sessions, left[request.id])
        left[request.id] -= taken
        sessions -= taken
    kept = []
    for request in making.problem.requests:
        count = left.get(request.id, request.count)
        if count:
            kept.append(request if count == request.count else request.model_copy(update={"count": count}))
    making.update(requests=tuple(kept))


CHANGE = OtherDemand
