"""The tasks of sessions, with the candidates of the model as their places."""

from __future__ import annotations

from collections import Counter

import numpy as np

from safeschedule.model.candidates import candidates
from safeschedule.model.encoders.documentation import extra_minutes
from safeschedule.model.encoders.pinned import appointment_rows
from safeschedule.model.index import Index, Ints
from safeschedule.model.recovery import buffers
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import MODES, Rows, groups
from safeschedule.model.session_value import urgent_values, value_of
from safeschedule.problem import Flag, Mode
from safeschedule.problem import Kind as SessionKind
from safeschedule_timefold.blocks import Blocks, free_starts, reset_minutes
from safeschedule_timefold.figures import LEVELS, SCORED, level_of, room_kinds
from safeschedule_timefold.task import SESSION, Kind, Place, Places, Task

_IN_PERSON = MODES.index(Mode.IN_PERSON)


class UnkeptPinError(Exception):
    """A pinned appointment that no candidate keeps: the week is impossible as far as this back-end sees."""


class Sessions:
    """Makes the tasks of a week's sessions.

    Parameters
    ----------
    index
        The problem.
    places
        Where new places are entered.
    blocks
        Asked about pinned resets.
    """

    def __init__(self, index: Index, places: Places, blocks: Blocks) -> None:
        self.index, self.places, self.blocks = index, places, blocks
        rows = candidates(index)
        self.rows = rows.take(rows.is_session)
        self.costs = _costs(index, self.rows)
        self.kinds = _kinds(index)

    def all(self) -> list[Task]:
        """Return the pinned sessions, then the others, the most valuable first.

        Raises
        ------
        UnkeptPinError
            A pinned appointment cannot be kept.
        """
        pins = self._pins()
        tasks = [self._pinned(row) for row in pins]
        left = Counter({number: request.count for number, request in enumerate(self.index.requests)})
        left.subtract(self.rows.request[pins].tolist())
        offered = {number: members for (number,), members in groups(self.rows.request)}
        for number in sorted(left, key=lambda n: (-self.kinds[n].value, n)):
            members = self._distinct(number, offered[number]) if number in offered else np.zeros(0, np.int64)
            tasks += [self._task(number, members) for _ in range(left[number])]
        return tasks

    def _pins(self) -> list[int]:
        """Return a row for each pinned appointment."""
        found: list[int] = []
        for pin in self.index.problem.pinned_appointments:
            fits = np.flatnonzero(appointment_rows(self.index, self.rows, pin))
            if not len(fits):
                raise UnkeptPinError(
                    f"The pinned appointment of {pin.request} has no place that keeps the rules."
                )
            found.append(int(fits[0]))
        return found

    def _pinned(self, row: int) -> Task:
        task = self._task(int(self.rows.request[row]), np.array([row]))
        task.pinned = True
        code = self.index.clinicians[int(self.rows.clinician[row])].id
        if task.kind.lead and self.blocks.rested(code, int(self.rows.start[row])):
            task.kind = task.kind._replace(lead=0)
        return task

    def _distinct(self, request: int, members: Ints) -> Ints:
        """Leave out what is never better: in person beside telehealth, another site where no room is due."""
        rows, span = self.rows, self.index.slots * self.index.grid
        remote = rows.mode[members] != _IN_PERSON
        when = rows.clinician[members] * span + rows.start[members]
        members = members[remote | ~np.isin(when, when[remote])]
        if self.kinds[request].room_kind < 0:
            when = rows.clinician[members] * span + rows.start[members]
            members = members[np.unique(when, return_index=True)[1]]
        lead = self.kinds[request].lead
        if lead:
            people = np.unique(rows.clinician[members]).tolist()
            rested = [c * span + free_starts(self.index, lead, c) + lead for c in people]
            when = rows.clinician[members] * span + rows.start[members]
            members = members[np.isin(when, np.concatenate(rested))]
        return members

    def _task(self, request: int, members: Ints) -> Task:
        rows, task = self.rows, Task(self.kinds[request], [])
        for row in members.tolist():
            place = Place(
                int(rows.clinician[row]),
                -1,
                int(rows.start[row]),
                int(rows.minutes[row]),
                int(rows.site[row]),
                int(rows.mode[row] == _IN_PERSON),
            )
            number = self.places.number(place)
            task.choices.append(number)
            if self.costs[row].any():
                task.costs[number] = self.costs[row].tolist()
        return task


def _costs(index: Index, rows: Rows) -> Ints:
    """Return what each row alone costs by level."""
    found = np.zeros((len(rows), LEVELS), dtype=np.int64)
    for setting in index.settings.values():
        encoder = encoder_of(setting)
        if not setting.hard and encoder.amounts is not None:
            found[:, level_of(setting)] += setting.weight * encoder.amounts(index, setting, rows)
    first = index.settings.get("urgent_access")
    if first is not None and not first.hard:
        # Less than nothing: what is urgent is worth its value in a level of its own besides.
        found[:, level_of(first)] -= first.weight * urgent_values(index, first)[rows.request]
    return found


def _kinds(index: Index) -> list[Kind]:
    settings = index.settings
    access, recovery = settings.get("access"), settings.get("recovery_buffer")
    notes, limits = settings.get("documentation"), settings.get("session_limits")
    spacing = settings.get("client_spacing")
    values = [0 if access is None else value_of(index, access, r) for r in range(len(index.requests))]
    pads = None if recovery is None else buffers(index, recovery)
    extras = None if notes is None else extra_minutes(index, notes)
    exempt = () if spacing is None else spacing.names("exempt")
    rooms, lead = room_kinds(index), reset_minutes(index)
    found = []
    for number, kind in enumerate(index.request_types):
        value, client = values[number], int(index.request_client[number])
        found.append(
            Kind(
                SESSION,
                client=client,
                request=number,
                lead=lead if kind.kind is SessionKind.CRISIS else 0,
                pad=0 if pads is None else int(pads[number]),
                high=int(index.request_high[number]),
                intake=int(kind.kind is SessionKind.INTAKE),
                flagged=int(Flag.COORDINATION in index.clients[client].flags),
                exempt=int(kind.kind in exempt),
                parts_high=int(not index.request_high[number]),
                parts_intakes=int(kind.kind is not SessionKind.INTAKE),
                counts=limits.whole("group") if limits and kind.kind is SessionKind.GROUP else 1,
                extra=0 if extras is None else int(extras[number]),
                room_kind=-1 if kind.room_kind is None else rooms.index(kind.room_kind),
                value=value if access is None else value * (1 if access.hard else access.weight),
                duty=SCORED.index("access") if access is not None and access.hard and value else -1,
            )
        )
    return found
