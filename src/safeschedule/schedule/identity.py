"""Ids of appointments and blocks that last while a week is planned again, and what calendars have to know."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from safeschedule.schedule.diff import differences
from safeschedule.schedule.schedule import Appointment, Block, CalledOff, Schedule

T = TypeVar("T", Appointment, Block)

_LONGEST = 120
"""Characters of an id before its number."""


def identified(schedule: Schedule) -> Schedule:
    """Return the schedule in which everything has an id of its own; ids that are there stay.

    The others follow from what the item is and from its number among those alike, in the order of time: the
    same schedule always gets the same ids.

    Examples
    --------
    >>> from datetime import date, datetime
    >>> from safeschedule.schedule import Block, Schedule
    >>> block = Block(kind="break", clinicians=("C1",), start=datetime(2026, 10, 5, 12), minutes=30)
    >>> week = Schedule(week_start=date(2026, 10, 5), blocks=(block,))
    >>> identified(week).blocks[0].id
    'break.C1.1'
    """
    return _named(schedule, (_item(entry).id for entry in schedule.called_off))


def following(new: Schedule, old: Schedule) -> Schedule:
    """Return a schedule that takes another's place: with its ids, raised revisions, and what is called off.

    What stays or moves keeps its id; its revision rises when anything of it is otherwise. What somebody has
    no longer is noted as called off, beside what was called off before.

    Parameters
    ----------
    new
        The schedule as it is now.
    old
        The one that people have, of the same week.
    """
    old = identified(old)
    diff = differences(old, new)
    sessions = _before(old.appointments, new.appointments, ((m.before, m.after) for m in diff.moved))
    blocks = _before(old.blocks, new.blocks, ((c.before, c.after) for c in diff.blocks))
    taken = {item.id for item in _items(old)} | {_item(entry).id for entry in old.called_off}
    kept = new.model_copy(
        update={
            "appointments": tuple(_after(item, sessions[item], taken) for item in new.appointments),
            "blocks": tuple(_after(item, blocks[item], taken) for item in new.blocks),
        }
    )
    named = _named(kept, taken)
    return named.model_copy(update={"called_off": tuple(_called_off(old, new, named))})


def people(item: Appointment | Block) -> tuple[str, ...]:
    """Return in whose calendars an item stands: clinicians, a block's supervisor, a session's attendants."""
    if isinstance(item, Appointment):
        return (*item.clinicians, *item.attendants)
    host = item.supervisor
    return item.clinicians if host is None or host in item.clinicians else (*item.clinicians, host)


def _items(schedule: Schedule) -> Iterator[Appointment | Block]:
    yield from schedule.appointments
    yield from schedule.blocks


def _item(entry: CalledOff) -> Appointment | Block:
    item = entry.appointment or entry.block
    assert item is not None
    return item


def _before(
    olds: Iterable[T], news: Iterable[T], changed: Iterable[tuple[T | None, T | None]]
) -> dict[T, deque[T]]:
    """Return by each new item those of which it may be the continuation, unchanged ones first."""
    found: dict[T, deque[T]] = defaultdict(deque)
    wanted = Counter(news)
    for item in olds:
        if wanted[item] > 0:
            wanted[item] -= 1
            found[item].append(item)
    for before, after in changed:
        if before is not None and after is not None:
            found[after].append(before)
    return found


def _after(item: T, before: deque[T], taken: set[str | None]) -> T:
    if not before:
        # Made anew it may have been given an id that means something else to who has the old schedule.
        return item.model_copy(update={"id": None if item.id in taken else item.id, "revision": 0})
    was = before.popleft()
    revision = was.revision + (was != item)
    if item.id == was.id:
        revision = max(revision, item.revision)
    return item.model_copy(update={"id": was.id, "revision": revision})


def _called_off(old: Schedule, new: Schedule, now: Schedule) -> Iterator[CalledOff]:
    """Yield what somebody had and has no longer, each once with its highest revision."""
    there = {item.id: item for item in _items(now)}
    entries = [*old.called_off, *new.called_off, *_dropped(old, there)]
    found: dict[str | None, CalledOff] = {}
    for entry in entries:
        item = _item(entry)
        holders = () if item.id not in there else people(there[item.id])
        known = found.get(item.id)
        who = dict.fromkeys((*(known.clinicians if known else ()), *entry.clinicians))
        left = tuple(code for code in who if code not in holders)
        if known is not None and _item(known).revision >= item.revision:
            entry = known
        if left:
            found[item.id] = entry.model_copy(update={"clinicians": left})
    yield from found.values()


def _dropped(old: Schedule, there: dict[str | None, Appointment | Block]) -> Iterator[CalledOff]:
    for item in _items(old):
        now = there.get(item.id)
        gone = tuple(code for code in people(item) if now is None or code not in people(now))
        if gone:
            revision = item.revision + 1 if now is None else now.revision
            kind = "block" if isinstance(item, Block) else "appointment"
            last = item.model_copy(update={"revision": revision})
            yield CalledOff(clinicians=gone, **{kind: last})  # type: ignore[arg-type]


def _named(schedule: Schedule, taken: Iterable[str | None] = ()) -> Schedule:
    """Return the schedule with an id for what has none; `taken` are not given again."""
    used = {item.id for item in _items(schedule)} | set(taken)
    seen: set[str | None] = {None}
    numbers: Counter[str] = Counter()

    def named(item: T) -> T:
        if item.id not in seen:
            seen.add(item.id)
            return item
        stem = _stem(item)
        while True:
            numbers[stem] += 1
            name = f"{stem}.{numbers[stem]}"
            if name not in used:
                break
        used.add(name)
        return item.model_copy(update={"id": name})

    return schedule.model_copy(
        update={
            "appointments": _in_order(schedule.appointments, named),
            "blocks": _in_order(schedule.blocks, named),
        }
    )


def _in_order(items: Sequence[T], named: Callable[[T], T]) -> tuple[T, ...]:
    """Return the items as they are listed, named in the order of time."""
    found = {n: named(items[n]) for n in sorted(range(len(items)), key=lambda n: _when(items[n]))}
    return tuple(found[n] for n in range(len(items)))


def _when(item: Appointment | Block) -> tuple[object, ...]:
    return item.start, item.clinicians, item.minutes


def _stem(item: Appointment | Block) -> str:
    """Return the beginning of an id: what stays when the item moves."""
    if isinstance(item, Block):
        text = f"{item.kind}.{'+'.join(people(item))}"
    else:
        text = item.group or item.request or f"{item.session_type}.{'+'.join(item.clients)}"
    if len(text) > _LONGEST:
        return f"{text[:40].rstrip()}.{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return text
