"""What a group takes of the weeks of those who lead it, and what moving clients to it frees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from safeschedule.caseload.groups.answers import GroupEffect
from safeschedule.caseload.groups.criteria import GroupCriteria
from safeschedule.caseload.groups.seats import GroupSeats
from safeschedule.caseload.panels.facts import CaseloadFacts
from safeschedule.problem import Client, Kind
from safeschedule.schedule import Appointment, Schedule
from safeschedule.verifier.caseload import hundredths
from safeschedule.verifier.session_value import protected_minutes


class Shifting:
    """Single sessions of a week that groups could stand for.

    Parameters
    ----------
    facts
        The week with its schedule.
    schedule
        The schedule.
    """

    def __init__(self, facts: CaseloadFacts, schedule: Schedule) -> None:
        self._facts = facts
        self._types = facts.problem.by_code.session_types
        self._single: dict[str, list[Appointment]] = {}
        for held in schedule.appointments:
            if held.group is None:
                for code in held.clients:
                    self._single.setdefault(code, []).append(held)

    def sessions(self, client: Client, own: GroupCriteria) -> list[Appointment]:
        """Return a client's single sessions that a group stands for."""

        def stands(held: Appointment) -> bool:
            if own.replaces:
                return held.session_type in own.replaces
            return self._types[held.session_type].kind is Kind.THERAPY

        return [held for held in self._single.get(client.id, ()) if stands(held)]

    def minutes(self, held: Appointment) -> int:
        """Return the minutes of a session, with the protected ones that it asks for."""
        return held.minutes + protected_minutes(self._facts.week, self._types[held.session_type])

    def points(self, client: Client, own: GroupCriteria) -> int:
        """Return points that the own clinician would carry less, in hundredths."""
        if own.points is None:
            return 0
        return max(0, self._facts.weight([client.id]) - hundredths(own.points))

    def leads(self, seats: GroupSeats, eligible: Sequence[Client], own: GroupCriteria) -> tuple[str, ...]:
        """Return who leads a group; where it has no session, who would: whom it names, or who frees most."""
        there = dict.fromkeys(code for held in seats.sessions for code in held.clinicians)
        if there:
            return tuple(there)
        kind = self._types[seats.group.session_type]
        skilled = [
            person.id
            for person in self._facts.problem.clinicians
            if {*kind.skills, *own.skills} <= set(person.skills)
        ]
        may = list(seats.group.facilitators) or skilled
        freed = Counter[str]()
        for client in eligible:
            for held in self.sessions(client, own):
                for code in held.clinicians:
                    freed[code] += self.minutes(held)
        return tuple(sorted(may, key=lambda code: (-freed[code], code))[: kind.facilitators])

    def effects(
        self, seats: GroupSeats, leads: Sequence[str], moving: Iterable[Client], own: GroupCriteria
    ) -> list[GroupEffect]:
        """Return the effects on everybody who leads a group or has sessions that it stands for."""
        sessions, minutes, points = Counter[str](), Counter[str](), Counter[str]()
        owners = {c: code for code, carried in self._facts.carried.items() for c in carried.clients}
        for client in moving:
            for held in self.sessions(client, own):
                for code in held.clinicians:
                    sessions[code] += 1
                    minutes[code] += self.minutes(held)
            if client.id in owners:
                points[owners[client.id]] += self.points(client, own)
        found = []
        for person in self._facts.problem.clinicians:
            code, led = person.id, person.id in leads
            if not led and not sessions[code] and not points[code]:
                continue
            counts, takes = self._takes(seats, code) if led else (0, 0)
            found.append(
                GroupEffect(
                    clinician=code,
                    leads=led,
                    freed_sessions=sessions[code],
                    freed_minutes=minutes[code],
                    freed_points=_points(points[code]),
                    group_sessions=counts,
                    group_minutes=takes,
                    net_sessions=counts - sessions[code],
                    net_minutes=takes - minutes[code],
                    single_limit=self._single_limit(code) if led and seats.sessions else None,
                )
            )
        return found

    def _takes(self, seats: GroupSeats, code: str) -> tuple[int, int]:
        """Return what a group counts for somebody who leads it, and its minutes with what is around it."""
        kind, settings = self._types[seats.group.session_type], self._facts.week.settings
        support, limits = settings["group_support"], settings["session_limits"]
        around = 0
        if support.enabled and kind.kind is Kind.GROUP:
            around = support.whole("before") + support.whole("after")
        if kind.preparation_minutes is not None:
            around += kind.preparation_minutes - (support.whole("before") if around else 0)
        counts = limits.whole("group") if kind.kind is Kind.GROUP else 1
        times = sum(code in held.clinicians for held in seats.sessions) or 1
        return times * counts, times * (kind.minutes + around)

    def _single_limit(self, code: str) -> int | None:
        limits = self._facts.week.settings["session_limits"]
        if not limits.enabled:
            return None
        person = self._facts.problem.by_code.clinicians[code]
        daily = limits.whole("day") if person.daily_sessions is None else person.daily_sessions
        return max(0, daily - limits.whole("group"))


def _points(found: int) -> Decimal:
    return Decimal(found) / 100
