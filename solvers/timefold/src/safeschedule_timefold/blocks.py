"""The tasks of protected blocks: what each rule asks for, less what pins already give."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.encoders import (
    breaks,
    consultation,
    coordination,
    documentation,
    supervision,
    urgent_slots,
)
from safeschedule.model.index import Index, Ints
from safeschedule.model.placing import placed_rows, starts_of
from safeschedule.model.rows import KIND_NUMBER, Role
from safeschedule.model.slot_rooms import slot_places
from safeschedule.model.slots import case_of
from safeschedule.model.spans import DAYS
from safeschedule.model.together import supervisors_of
from safeschedule.problem import BlockKind, Flag, PinnedBlock
from safeschedule.problem.clock import DAY
from safeschedule_timefold.figures import SCORED, room_kinds, slot_room
from safeschedule_timefold.task import Place, Places, Task, block_task


def free_starts(index: Index, minutes: int, clinician: int) -> Ints:
    """Return the starts at which `minutes` of a clinician meet neither leave nor a meeting."""
    starts = starts_of(index, minutes, clinician)
    for low, high in (*index.leave[clinician], *index.meetings[clinician]):
        starts = starts[(starts >= high) | (starts + minutes <= low)]
    return starts


def reset_minutes(index: Index) -> int:
    """Return the minutes of a reset before crisis work, 0 when nothing asks for one."""
    setting = index.settings.get("crisis_reset")
    wanted = setting is not None and (setting.hard or setting.weight)
    return index.up(setting.whole("minutes")) if wanted and setting is not None else 0


class Blocks:
    """Makes the tasks of a week's blocks.

    Parameters
    ----------
    index
        The problem.
    places
        Where new places are entered.
    """

    def __init__(self, index: Index, places: Places) -> None:
        self.index, self.places = index, places
        self.pins = index.problem.pinned_blocks

    def all(self) -> list[Task]:
        """Return the blocks in the order in which they are best placed: joint ones first."""
        return [
            *self._pinned(),
            *self._seats(),
            *self._supervision(),
            *self._urgent(),
            *self._breaks(),
            *self._coordination(),
            *self._documentation(),
        ]

    def _place(
        self, clinician: int, start: int, minutes: int, partner: int = -1, site: int | None = None
    ) -> int:
        where = (-1, 0) if site is None else (site, 1)
        return self.places.number(Place(clinician, partner, start, minutes, *where))

    def _own(self, starts: Ints, minutes: int) -> list[int]:
        return [self._place(-1, start, minutes) for start in starts.tolist()]

    def _pinned(self) -> Iterator[Task]:
        lead = reset_minutes(self.index)
        for pin in self.pins:
            start, joint = self.index.minute(pin.start), pin.supervisor is not None
            partner = self.index.clinician_number[pin.supervisor] if pin.supervisor else -1
            pair = joint and pin.kind is BlockKind.SUPERVISION and len(pin.clinicians) == 1
            role = Role.PAIR if pair else Role.ATTEND if joint else Role.SOLO
            for code in pin.clinicians:
                before = 0 if pin.kind is not BlockKind.URGENT_SLOT or self.rested(code, start) else lead
                place = self._place(-1, start, pin.minutes, partner)
                task = block_task(pin.kind, self.index.clinician_number[code], [place], role, lead=before)
                if pin.kind in _JOINT and not (joint and self._counts(pin)):
                    task.kind = task.kind._replace(what=_OTHER)
                task.pinned = True
                yield task

    def _counts(self, pin: PinnedBlock) -> bool:
        if pin.kind is BlockKind.SUPERVISION:
            return len(pin.clinicians) == 1
        setting = self.index.settings.get("consultation")
        lead = self.index.clinicians[self.index.clinician_number[pin.supervisor or ""]]
        return setting is None or (pin.minutes >= setting.whole("minutes") and lead.is_supervisor)

    def rested(self, clinician: str, start: int) -> bool:
        """Return whether a pinned reset of the clinician ends at a time."""
        return any(
            pin.kind is BlockKind.RESET
            and clinician in pin.clinicians
            and self.index.minute(pin.start) + pin.minutes == start
            for pin in self.pins
        )

    def _seats(self) -> Iterator[Task]:
        index, setting = self.index, self.index.settings.get("consultation")
        if setting is None:
            return
        minutes = index.up(setting.whole("minutes"))
        members = consultation.members_of(index, setting)
        leads = [c for c in members if index.clinicians[c].is_supervisor]
        free = {c: free_starts(index, minutes, c) for c in members}
        # Nobody joins a pinned block: its people are pinned too.
        closed = {
            (index.clinician_number[pin.supervisor], index.minute(pin.start))
            for pin in self.pins
            if pin.supervisor is not None and pin.kind is BlockKind.CONSULTATION
        }
        for member in sorted(members, key=lambda c: c in leads):
            choices = [
                self._place(-1, start, minutes, lead)
                for lead in leads
                if lead != member
                for start in np.intersect1d(free[lead], free[member]).tolist()
                if (lead, start) not in closed
            ]
            yield block_task(BlockKind.CONSULTATION, member, choices, Role.ATTEND)

    def _supervision(self) -> Iterator[Task]:
        index, setting = self.index, self.index.settings.get("supervision")
        if setting is None:
            return
        for clinician in range(len(index.clinicians)):
            # One block for both needs, which is enough.
            need = sum(supervision.needs_of(index, clinician))
            allowed = supervisors_of(index, clinician)
            if need and allowed and not self._supervised(clinician, need, allowed):
                minutes = index.up(need)
                mine = free_starts(index, minutes, clinician)
                choices = [
                    self._place(-1, start, minutes, other)
                    for other in allowed
                    for start in np.intersect1d(mine, free_starts(index, minutes, other)).tolist()
                ]
                duty = SCORED.index("supervision")
                yield block_task(BlockKind.SUPERVISION, clinician, choices, Role.PAIR, duty=duty)

    def _supervised(self, clinician: int, need: int, allowed: list[int]) -> bool:
        code = self.index.clinicians[clinician].id
        return any(
            pin.kind is BlockKind.SUPERVISION
            and pin.clinicians == (code,)
            and pin.minutes >= need
            and pin.supervisor is not None
            and self.index.clinician_number[pin.supervisor] in allowed
            for pin in self.pins
        )

    def _urgent(self) -> Iterator[Task]:
        index, setting = self.index, self.index.settings.get("urgent_slots")
        if setting is None:
            return
        minutes, lead = index.up(case_of(index).minutes), reset_minutes(index)
        free = [free_starts(index, lead + minutes, c) + lead for c in range(len(index.clinicians))]
        kind = slot_room(index)
        room = -1 if kind is None else room_kinds(index).index(kind)
        sites = [self._sites(c, starts, minutes) if kind else {} for c, starts in enumerate(free)]
        for day, need in enumerate(urgent_slots.needs(index, setting)):
            held = [
                start
                for pin in self.pins
                if pin.kind is BlockKind.URGENT_SLOT and len(pin.clinicians) == 1
                if (start := index.minute(pin.start)) // DAY == day and pin.minutes >= case_of(index).minutes
            ]
            asked = {0, 1} - {int(start % DAY >= index.midday) for start in held} if need > 1 else set()
            for _ in range(need - len(held)):
                half = asked.pop() if asked else None
                choices = [
                    self._place(clinician, start, minutes, site=sites[clinician].get(start))
                    for clinician, starts in enumerate(free)
                    for start in starts[starts // DAY == day].tolist()
                    if half is None or half == int(start % DAY >= index.midday)
                ]
                duty = SCORED.index("urgent_slots")
                yield block_task(BlockKind.URGENT_SLOT, -1, choices, lead=lead, duty=duty, room=room)

    def _sites(self, clinician: int, starts: Ints, minutes: int) -> dict[int, int]:
        """Return by start the site at which a slot needs a room; it needs none at others."""
        kind = KIND_NUMBER[BlockKind.URGENT_SLOT]
        held, _ = slot_places(
            self.index, placed_rows(starts, kind=kind, clinician=clinician, minutes=minutes)
        )
        there = self.index.period_site[clinician, starts[held] // self.index.grid]
        return dict(zip(starts[held].tolist(), there.tolist(), strict=True))

    def _breaks(self) -> Iterator[Task]:
        index, setting = self.index, self.index.settings.get("breaks")
        if setting is None:
            return
        minutes = index.up(setting.whole("meal"))
        for clinician in range(len(index.clinicians)):
            starts = free_starts(index, minutes, clinician)
            for day in range(DAYS):
                for gap in breaks.unbroken(index, setting, clinician, day):
                    low, high = breaks.meal_starts(index, setting, gap)
                    mine = starts[(starts >= low) & (starts <= high)]
                    yield block_task(BlockKind.BREAK, clinician, self._own(mine, minutes))

    def _coordination(self) -> Iterator[Task]:
        index, setting = self.index, self.index.settings.get("coordination")
        if setting is None:
            return
        plain = setting.whole("minutes")
        flagged = any(Flag.COORDINATION in client.flags for client in index.clients)
        for clinician in range(len(index.clinicians)) if flagged else ():
            need = coordination.week_need(index, setting, clinician)
            shares = {index.up(max(plain, -(-need // parts))) for parts in range(1, 6)}
            starts = {m: free_starts(index, m, clinician) for m in sorted({index.up(plain), *shares})}
            for day in range(DAYS):
                choices = [n for m, s in starts.items() for n in self._own(s[s // DAY == day], m)]
                yield block_task(BlockKind.COORDINATION, clinician, choices)

    def _documentation(self) -> Iterator[Task]:
        index, setting = self.index, self.index.settings.get("documentation")
        if setting is None:
            return
        least = index.up(setting.whole("minutes"))
        extras = {index.up(e) for e in documentation.extra_minutes(index, setting).tolist()} | {0}
        lengths = sorted({least + a + b + c for a in extras for b in extras for c in extras})
        for clinician in range(len(index.clinicians)):
            starts = {m: free_starts(index, m, clinician) for m in lengths}
            for half in range(2 * DAYS):
                choices = [n for m, s in starts.items() for n in self._own(s[index.half_of(s) == half], m)]
                if choices:
                    yield block_task(BlockKind.DOCUMENTATION, clinician, choices)


_JOINT = {BlockKind.CONSULTATION, BlockKind.SUPERVISION}
_OTHER = 7
