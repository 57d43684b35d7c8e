"""How intense a session is: the higher of what its type is and what the flags of its clients make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from safeschedule.problem import Client, Problem, Request, SessionType, Setting
from safeschedule.schedule import Appointment


class Intensities:
    """Which sessions are of high intensity.

    Parameters
    ----------
    clients, requests
        Of the problem.
    setting
        The rule ``daily_intensity``, which says what flags do, whether it is on or not.
    """

    def __init__(self, clients: Iterable[Client], requests: Iterable[Request], setting: Setting) -> None:
        flags, self._exempt = set(setting.names("flags")), frozenset(setting.names("exempt"))
        self._flagged = frozenset(
            client.id for client in clients if any(str(flag) in flags for flag in client.flags)
        )
        # Who has asked for a group is expected in each of its sessions.
        self._groups = frozenset(
            request.group
            for request in requests
            if request.group is not None and request.client in self._flagged
        )

    def is_high(self, kind: SessionType | None, clients: Iterable[str], group: str | None) -> bool:
        """Return whether a session of a type is of high intensity; one of an unknown type is not."""
        if kind is None:
            return False
        if kind.intensity.value == "high":
            return True
        if kind.kind.value in self._exempt:
            return False
        return group in self._groups or any(client in self._flagged for client in clients)


def high_of(problem: Problem) -> Callable[[Appointment], bool]:
    """Return what says of the appointments of a problem without faults whether they are of high intensity."""
    types = problem.by_code.session_types
    known = Intensities(problem.clients, problem.requests, problem.rulebook.setting("daily_intensity"))
    return lambda given: known.is_high(types.get(given.session_type), given.clients, given.group)
