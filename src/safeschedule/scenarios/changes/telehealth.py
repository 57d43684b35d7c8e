"""More or less by telehealth."""

from __future__ import annotations

from typing import ClassVar

from safeschedule.problem import AllowedMode, Request
from safeschedule.scenarios.change import Part, ScenarioChange
from safeschedule.scenarios.drawing import in_order
from safeschedule.scenarios.making import Making


class TelehealthShare(ScenarioChange):
    """Another share of the requests may be met by telehealth; groups stay.

    Where the share grows, requests in person may be met either way; where it shrinks, requests that may be
    met by telehealth are in person. A larger share contains the smaller one.

    Parameters
    ----------
    share
        Of the requests with one clinician: those that telehealth may meet.
    """

    name: ClassVar[str] = "telehealth"
    main: ClassVar[str] = "share"
    example: ClassVar[str] = "telehealth = 0.5"

    share: Part

    def apply(self, making: Making) -> None:
        """Draw whose request changes, nothing more than needed."""
        single = [request for request in making.problem.requests if request.group is None]
        order = in_order(single, making.draws("telehealth"))
        now = [request for request in order if request.mode is not AllowedMode.IN_PERSON]
        change = round(self.share * len(single)) - len(now)
        new: dict[str, AllowedMode] = {}
        if change > 0:
            others = [request for request in order if request.mode is AllowedMode.IN_PERSON]
            new = {request.id: AllowedMode.EITHER for request in others[:change]}
        elif change < 0:
            # Those that telehealth alone may meet change last.
            now.sort(key=lambda request: request.mode is AllowedMode.TELEHEALTH)
            new = {request.id: AllowedMode.IN_PERSON for request in now[:-change]}
        making.update(requests=tuple(_in_mode(request, new) for request in making.problem.requests))


def _in_mode(request: Request, new: dict[str, AllowedMode]) -> Request:
    return request.model_copy(update={"mode": new[request.id]}) if request.id in new else request


CHANGE = TelehealthShare
