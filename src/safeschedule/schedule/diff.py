"""How one schedule differs from another, appointment by appointment and block by block."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import ClassVar, TypeVar

from safeschedule.problem.kinds import require_kind
from safeschedule.returned import Returned
from safeschedule.schedule.schedule import Appointment, Block, Item, Schedule

T = TypeVar("T", bound=Item)


@dataclass(frozen=True)
class Moved:
    """An appointment at another time or place, or with other people."""

    _derived: ClassVar[tuple[str, ...]] = ("changed",)

    before: Appointment
    after: Appointment

    @property
    def changed(self) -> tuple[str, ...]:
        """What is another, of time, clinician, mode, site, room, clients and attendants, in this order."""
        before, after = self.before, self.after
        others = {
            "time": (before.start, before.minutes) != (after.start, after.minutes),
            "clinician": set(before.clinicians) != set(after.clinicians),
            "mode": before.mode is not after.mode,
            "site": before.site != after.site,
            "room": before.room != after.room,
            "clients": set(before.clients) != set(after.clients),
            "attendants": set(before.attendants) != set(after.attendants),
        }
        return tuple(name for name, other in others.items() if other)


@dataclass(frozen=True)
class BlockChange:
    """A block that was moved, or only left (``after`` is ``None``), or only came (``before`` is)."""

    before: Block | None
    after: Block | None


@dataclass(frozen=True)
class Diff(Returned):
    """How a new schedule differs from an old one.

    Parameters
    ----------
    kept
        Appointments that both have, alike in everything.
    moved, dropped, added
        The other appointments.
    blocks
        Blocks that are not the same.
    """

    kept: tuple[Appointment, ...]
    moved: tuple[Moved, ...]
    dropped: tuple[Appointment, ...]
    added: tuple[Appointment, ...]
    blocks: tuple[BlockChange, ...]

    def apply(self, schedule: Schedule) -> Schedule:
        """Return the old schedule with the differences made; what was left out is not looked at."""
        out = [*self.dropped, *(pair.before for pair in self.moved)]
        into = [*self.added, *(pair.after for pair in self.moved)]
        appointments = _replaced(schedule.appointments, out, into)
        blocks = _replaced(
            schedule.blocks,
            [b.before for b in self.blocks if b.before is not None],
            [b.after for b in self.blocks if b.after is not None],
        )
        return schedule.holding(appointments, blocks)


def differences(old: Schedule, new: Schedule) -> Diff:
    """Return how a schedule differs from another of the same week.

    Sessions of one request or group that are at another time are paired by their ids, and those without in
    the order of time.

    Examples
    --------
    >>> from safeschedule import differences
    >>> less = schedule.model_copy(update={"appointments": schedule.appointments[1:]})
    >>> len(differences(schedule, less).dropped)
    1
    """
    require_kind("differences", "old", old, Schedule)
    require_kind("differences", "new", new, Schedule)
    kept, left, came = _sorted_out(old.appointments, new.appointments)
    before, after = _by_need(left), _by_need(came)
    moved: list[Moved] = []
    dropped: list[Appointment] = []
    added: list[Appointment] = []
    for key in sorted({*before, *after}):
        pairs, gone, fresh = _paired(before[key], after[key])
        moved += [Moved(a, b) for a, b in pairs]
        dropped += gone
        added += fresh
    return Diff(
        tuple(kept),
        tuple(sorted(moved, key=lambda m: (m.before.start, m.before.clinicians))),
        tuple(sorted(dropped, key=attrgetter("order"))),
        tuple(sorted(added, key=attrgetter("order"))),
        tuple(_blocks(old.blocks, new.blocks)),
    )


def _sorted_out(
    old: Iterable[Appointment], new: Iterable[Appointment]
) -> tuple[list[Appointment], list[Appointment], list[Appointment]]:
    """Return what both have, what only the old has, and what only the new has."""
    olds, news = list(old), list(new)
    have, want = Counter(olds), Counter(news)
    kept = [a for a in dict.fromkeys(olds) for _ in range(min(have[a], want[a]))]
    return kept, list((have - want).elements()), list((want - have).elements())


def _by_need(appointments: list[Appointment]) -> dict[str, list[Appointment]]:
    found: dict[str, list[Appointment]] = defaultdict(list)
    for appointment in appointments:
        whose = appointment.group or appointment.request or ", ".join(appointment.clients)
        found["group " + whose if appointment.group else whose].append(appointment)
    return found


def _paired(
    old: list[Appointment], new: list[Appointment]
) -> tuple[list[tuple[Appointment, Appointment]], list[Appointment], list[Appointment]]:
    olds, news = sorted(old, key=attrgetter("order")), sorted(new, key=attrgetter("order"))
    pairs = []
    for alike in (_start, _id):
        for one in list(olds):
            same = next((a for a in news if alike(one) is not None and alike(a) == alike(one)), None)
            if same is not None:
                olds.remove(one)
                news.remove(same)
                pairs.append((one, same))
    count = min(len(olds), len(news))
    return [*pairs, *zip(olds[:count], news[:count], strict=True)], olds[count:], news[count:]


def _start(appointment: Appointment) -> datetime:
    return appointment.start


def _id(appointment: Appointment) -> str | None:
    return appointment.id


def _blocks(old: Iterable[Block], new: Iterable[Block]) -> Iterator[BlockChange]:
    have, want = Counter(old), Counter(new)
    left, came = list((have - want).elements()), list((want - have).elements())
    for alike in (_same_time, _same_people, _same_lead):
        waiting: dict[tuple[object, ...], deque[Block]] = defaultdict(deque)
        for block in came:
            waiting[alike(block)].append(block)
        unpaired = []
        for one in left:
            if waiting[alike(one)]:
                yield BlockChange(one, waiting[alike(one)].popleft())
            else:
                unpaired.append(one)
        left, came = unpaired, [block for blocks in waiting.values() for block in blocks]
    yield from (BlockChange(block, None) for block in left)
    yield from (BlockChange(None, block) for block in came)


def _same_time(block: Block) -> tuple[object, ...]:
    lead = block.supervisor or block.clinicians
    return block.kind, lead, block.start, block.minutes


def _same_people(block: Block) -> tuple[object, ...]:
    return block.kind, block.clinicians, block.supervisor, block.start.date()


def _same_lead(block: Block) -> tuple[object, ...]:
    return block.kind, block.clinicians, block.supervisor


def _replaced(have: Iterable[T], out: Iterable[T], into: Iterable[T]) -> list[T]:
    left = Counter(have)
    left.subtract(Counter(out))
    if any(count < 0 for count in left.values()):
        raise ValueError("the schedule is not the one from which the differences were taken")
    return [*left.elements(), *into]
