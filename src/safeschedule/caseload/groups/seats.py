"""Seats of groups: who comes to each, how many are free, and whether somebody can come at its times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeschedule.problem import Client, Group, Problem
from safeschedule.problem.clock import Weekday
from safeschedule.schedule import Appointment, Schedule


@dataclass(frozen=True)
class GroupSeats:
    """A group with its seats.

    Parameters
    ----------
    group
        The group.
    taken
        Who belongs to it, has asked for it, or comes to it in the schedule.
    largest
        Most participants of its session type.
    sessions
        Its sessions in the schedule; empty without one.
    """

    group: Group
    taken: frozenset[str]
    largest: int
    sessions: tuple[Appointment, ...]

    @property
    def free(self) -> int:
        """How many seats nobody has."""
        return max(0, self.largest - len(self.taken))

    def suits(self, client: Client, minutes: int) -> bool:
        """Return whether a client can come to a session; at its slots where there is no schedule."""
        if self.sessions:
            return any(can_come(client, held) for held in self.sessions)
        slots = self.group.slots
        return not slots or any(_inside(client, slot.day, slot.start, minutes) for slot in slots)


def seats_of(problem: Problem, schedule: Schedule | None = None) -> Mapping[str, GroupSeats]:
    """Return the seats of each group, by its code."""
    held: dict[str, list[Appointment]] = {}
    for appointment in () if schedule is None else schedule.appointments:
        if appointment.group is not None:
            held.setdefault(appointment.group, []).append(appointment)
    asked: dict[str, set[str]] = {}
    for request in problem.requests:
        if request.group is not None:
            asked.setdefault(request.group, set()).add(request.client)
    found = {}
    for group in problem.groups:
        own = tuple(held.get(group.id, ()))
        there = {code for appointment in own for code in appointment.clients}
        taken = frozenset({*group.members, *asked.get(group.id, ()), *there})
        largest = problem.by_code.session_types[group.session_type].largest
        found[group.id] = GroupSeats(group, taken, largest, own)
    return found


def can_come(client: Client, held: Appointment) -> bool:
    """Return whether a client can come when an appointment is."""
    day, start = Weekday.of(held.start.date()), held.start.hour * 60 + held.start.minute
    return _inside(client, day, start, held.minutes)


def _inside(client: Client, day: Weekday, start: int, minutes: int) -> bool:
    return not client.windows or any(
        window.day is day and window.start <= start and start + minutes <= window.end
        for window in client.windows
    )
