"""Sound changes of a problem: nothing is left that names what is gone, and what comes out has no faults."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem.base import require_fields
from safeschedule.problem.entity import Entity
from safeschedule.problem.faults import require_sound
from safeschedule.problem.fixed import History, PastAppointment
from safeschedule.problem.people import Clinician
from safeschedule.problem.problem import Problem
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.problem.work import Request


def with_changes(problem: Problem, changes: dict[str, Any]) -> Problem:
    """Return a problem with some fields changed; see `Problem.with_changes`."""
    require_fields(Problem, changes, "with_changes")
    return sound(Problem(**{**_fields(problem), **changes}))


def with_clinician(problem: Problem, clinician: Clinician) -> Problem:
    """Return a problem with one clinician more, or with another in place of the one of the same code."""
    if not isinstance(clinician, Clinician):
        fault = Fault("wrong_type", "clinician", show(str(type(clinician).__name__)), "a Clinician")
        raise ArgumentError("arguments of with_clinician", [fault])
    codes = [person.id for person in problem.clinicians]
    team = list(problem.clinicians)
    if clinician.id in codes:
        team[codes.index(clinician.id)] = clinician
    else:
        team.append(clinician)
    return sound(_with(problem, clinicians=team))


def without_clinician(problem: Problem, code: str, supervisor: str | None, takes_over: str | None) -> Problem:
    """Return a problem without a clinician; see `Problem.without_clinician`."""
    _require_colleagues(problem, code, {"supervisor": supervisor, "takes_over": takes_over})
    return sound(leaving(problem, code, supervisor, takes_over))


def leaving(problem: Problem, code: str, supervisor: str | None, takes_over: str | None) -> Problem:
    """Return a problem in which nothing names a clinician any more; it may have faults of other kinds."""
    return _Leaving(problem, code, supervisor, takes_over).problem()


def sound(problem: Problem) -> Problem:
    """Return a problem that has no faults.

    Raises
    ------
    InputError
        It has; with all of them.
    """
    require_sound(problem)
    return problem


def _require_colleagues(problem: Problem, code: str, others: dict[str, str | None]) -> None:
    team = [person.id for person in problem.clinicians]
    faults = [
        Fault("unknown_reference", place, shown, f"the id of a clinician{hint}")
        for place, found in {"code": code, **others}.items()
        if found not in team and (found is not None or place == "code")
        for shown, hint in [(show(found), did_you_mean(str(found), team))]
    ]
    faults += [
        Fault("out_of_range", place, show(found), "somebody who stays")
        for place, found in others.items()
        if found is not None and found == code
    ]
    faults += [
        # A group that names nobody could be led by everybody, which was not meant.
        Fault("no_facilitator", f"groups[{i}].facilitators", show(code), "a facilitator beside who leaves")
        for i, group in enumerate(problem.groups)
        if group.facilitators and set(group.facilitators) == {code}
    ]
    if faults:
        raise ArgumentError("arguments of without_clinician", faults)


class _Leaving:
    """Takes one clinician out of every place of a problem."""

    def __init__(self, problem: Problem, code: str, supervisor: str | None, takes_over: str | None) -> None:
        self._before, self._code = problem, code
        self._supervisor, self._takes_over = supervisor, takes_over

    def problem(self) -> Problem:
        before = self._before
        return _with(
            before,
            clinicians=[self._colleague(c) for c in before.clinicians if c.id != self._code],
            clients=self._clients(),
            requests=[self._asked(entry) for entry in before.requests],
            upcoming=[self._asked(entry) for entry in before.upcoming],
            groups=self._groups(),
            meetings=self._there(before.meetings),
            pinned_appointments=[p for p in before.pinned_appointments if p.clinician != self._code],
            pinned_groups=[p for p in before.pinned_groups if self._code not in p.clinicians],
            pinned_blocks=self._there(b for b in before.pinned_blocks if b.supervisor != self._code),
            incidents=self._there(before.incidents),
            tasks=[self._named(entry, clinician=self._takes_over) for entry in before.tasks],
            history=History(appointments=self._past()),
        )

    def _colleague(self, colleague: Clinician) -> Clinician:
        # Nobody supervises themselves: who takes over the supervision is left without.
        named = None if colleague.id == self._supervisor else self._supervisor
        changes: dict[str, Any] = {"supervisor": named} if colleague.supervisor == self._code else {}
        if colleague.cover == self._code:
            changes["cover"] = None
        return colleague.model_copy(update=changes)

    def _clients(self) -> list[Entity]:
        last: dict[str, date] = {}
        for past in self._before.history.appointments:
            if past.clinician == self._code:
                last[past.client] = max(past.start.date(), last.get(past.client, past.start.date()))
        clients: list[Entity] = []
        for client in self._before.clients:
            seen = [day for day in (client.last_contact, last.get(client.id)) if day is not None]
            kept = client.model_copy(update={"last_contact": max(seen)}) if client.id in last else client
            clients.append(self._named(kept, clinician=self._takes_over))
        return clients

    def _asked(self, request: Request) -> Entity:
        # Of this week's requests those with several clinicians are groups already.
        beside = tuple(person for person in request.with_clinicians if person != self._code)
        if len(beside) < len(request.with_clinicians):
            request = request.model_copy(update={"with_clinicians": beside})
        named: Entity = self._named(request, clinician=self._takes_over)
        return named

    def _groups(self) -> list[Entity]:
        groups: list[Entity] = []
        for group in self._before.groups:
            people = tuple(person for person in group.facilitators if person != self._code)
            groups.append(group.model_copy(update={"facilitators": people}))
        return groups

    def _past(self) -> tuple[PastAppointment, ...]:
        past = self._before.history.appointments
        return tuple(entry for entry in past if entry.clinician != self._code)

    def _named(self, entry: Any, **instead: str | None) -> Any:
        changes = {name: value for name, value in instead.items() if getattr(entry, name) == self._code}
        return entry.model_copy(update=changes)

    def _there(self, entries: Iterable[Any]) -> list[Any]:
        """Return entries without the clinician in their lists; those that were for nobody else are gone."""
        kept = []
        for entry in entries:
            changes = {
                name: tuple(person for person in getattr(entry, name) if person != self._code)
                for name in ("clinicians", "debriefed", "followed_up")
                if hasattr(entry, name)
            }
            if changes["clinicians"] or not entry.clinicians:
                kept.append(entry.model_copy(update=changes))
        return kept


def _fields(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in type(problem).model_fields}


def _with(problem: Problem, **update: Any) -> Problem:
    return problem.model_copy(update=update)
