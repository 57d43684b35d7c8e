"""Joint sessions: a request of several clients, or for several clinicians, as a group of its own.

Such a request is asked for in one line and planned as a session of a group whose members are fixed. So
everything that knows groups (rooms, rules, calendars, changes) knows joint sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeschedule.problem.people import Client, Clinician
from safeschedule.problem.rulebook import Rulebook
from safeschedule.problem.work import AllowedMode, Group, Intensity, Kind, Mode, Request, SessionType


@dataclass(frozen=True)
class Asking:
    """What a joint request can be judged by.

    Parameters
    ----------
    types, clients, clinicians
        By code.
    rulebook
        Says how many clinicians a session has.
    """

    types: Mapping[str, SessionType]
    clients: Mapping[str, Client]
    clinicians: Mapping[str, Clinician]
    rulebook: Rulebook

    def is_joint(self, request: Request) -> bool:
        """Return whether a request has to become a group of its own."""
        if request.group is not None:
            return False
        if request.with_clients or request.with_clinicians:
            return True
        kind, sizes = self.types.get(request.session_type), self.rulebook.setting("group_size")
        # Without the rule such a session may have one clinician.
        return (
            kind is not None and kind.facilitators > 1 and kind.smallest == 1 and sizes.enabled and sizes.hard
        )

    def due(self, kind: SessionType) -> int:
        """Return how many clinicians a session of a type has."""
        sizes = self.rulebook.setting("group_size")
        intense = kind.kind is Kind.GROUP and kind.intensity is Intensity.HIGH
        high = sizes.values.get("high")
        # Nonsense in the rulebook is told elsewhere.
        return max(kind.facilitators, high if intense and sizes.enabled and isinstance(high, int) else 0)

    def named(self, request: Request) -> tuple[str, ...]:
        """Return who may give it: those it names, else the own clinicians of its clients; nobody: anyone."""
        own = (self.clients[code].clinician for code in everybody(request) if code in self.clients)
        first = own if request.clinician is None else (request.clinician,)
        return tuple(dict.fromkeys(code for code in (*first, *request.with_clinicians) if code is not None))

    def able(self, request: Request) -> tuple[str, ...]:
        """Return who of them has the skills that request and type ask for."""
        skills = {*request.skills, *self.types[request.session_type].skills}
        people: Iterable[str] = self.named(request) or self.clinicians
        return tuple(code for code in people if skills <= set(self.clinicians[code].skills))

    def faults(self, request: Request) -> Iterator[tuple[str, str, str, str]]:
        """Yield what makes a joint request impossible: code, field, what was found, what was expected."""
        kind, clients = self.types.get(request.session_type), everybody(request)
        if len(set(clients)) < len(clients):
            yield (
                "duplicate",
                "with_clients",
                ", ".join(clients),
                "each client once, and client not among them",
            )
        if request.mode is AllowedMode.EITHER:
            yield "joint_mode", "mode", "either", "in_person or telehealth: one for everybody who comes"
        for field in ("standing", "daily_sessions", "days_between", "same_time"):
            if getattr(request, field):
                yield "joint_field", field, field, "none for a joint session; windows say when it may be"
        if kind is None:
            return
        if not kind.smallest <= len(clients) <= kind.largest:
            sizes = (
                f"{kind.smallest}" if kind.smallest == kind.largest else f"{kind.smallest} to {kind.largest}"
            )
            expected = f"a session type that takes {len(clients)}, or other clients: {kind.id} takes {sizes}"
            yield "joint_size", "with_clients", f"{len(clients)} clients with {request.client}", expected
        if any(code not in self.clinicians for code in self.named(request)):
            return
        due, named, able = self.due(kind), self.named(request), self.able(request)
        if named and len(named) < due:
            expected = (
                f"{due} clinicians, who give it together: others beside {', '.join(named)} in this field"
            )
            yield "joint_clinicians", "with_clinicians", f"{len(named)} named", expected
        elif len(able) < due:
            who = f"of {', '.join(named)}" if named else "of the team"
            expected = f"{due} {who} with the skills that it needs; {len(able)} have them"
            yield "joint_clinicians", "skills" if request.skills else "session_type", kind.id, expected


def everybody(request: Request) -> tuple[str, ...]:
    """Return all clients of a joint request."""
    return (request.client, *request.with_clients)


@dataclass
class Joined:
    """The requests, groups and session types of a problem in which joint requests are groups."""

    requests: list[Request]
    groups: list[Group]
    session_types: list[SessionType]


def joined(
    requests: Sequence[Request], groups: Sequence[Group], types: Sequence[SessionType], asking: Asking
) -> Joined | None:
    """Return them with every sound joint request as a group; ``None`` when there is none."""
    found = Joined(list(requests), list(groups), list(types))
    for number, request in enumerate(requests):
        if asking.is_joint(request) and _is_sound(request, asking):
            _join(found, number, request, asking)
    return found if len(found.groups) > len(groups) else None


def _is_sound(request: Request, asking: Asking) -> bool:
    known = all(code in asking.clients for code in everybody(request))
    known &= all(code in asking.clinicians for code in asking.named(request))
    return known and request.session_type in asking.types and not any(asking.faults(request))


def _join(found: Joined, number: int, request: Request, asking: Asking) -> None:
    clients = everybody(request)
    kind = _whole(found, asking.types[request.session_type], len(clients))
    code = _unused(request.id, {group.id for group in found.groups})
    found.groups.append(
        Group(
            id=code,
            session_type=kind.id,
            members=clients,
            facilitators=asking.able(request) if asking.named(request) or request.skills else (),
            sessions=request.count,
            needs_attendants=request.needs_attendants,
            mode=Mode(request.mode.value),
            site=request.site,
        )
    )
    decided = {"group": code, "session_type": kind.id, "clinician": None, "skills": (), "site": None}
    decided |= {"with_clients": (), "with_clinicians": (), "needs_attendants": ()}
    own = request.model_copy(update=decided)
    found.requests[number] = own
    for client in request.with_clients:
        taken = {each.id for each in found.requests}
        beside = _unused(f"{request.id[:39]}/{client[:39]}", taken)
        found.requests.append(own.model_copy(update={"id": beside, "client": client}))


def _whole(found: Joined, kind: SessionType, size: int) -> SessionType:
    """Return the type of a session to which all of so many clients come, or nobody."""
    if kind.smallest == kind.largest == size:
        return kind
    whole = kind.model_copy(update={"smallest": size, "largest": size, "id": f"{kind.id[:70]} of {size}"})
    if whole not in found.session_types:
        whole = whole.model_copy(update={"id": _unused(whole.id, {each.id for each in found.session_types})})
        found.session_types.append(whole)
    return whole


def _unused(code: str, taken: set[str]) -> str:
    """Return a code that nothing has yet: this one, or it with a number."""
    names = (code if number == 1 else f"{code[:76]} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
