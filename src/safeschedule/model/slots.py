"""What urgent slots are held for, as the model knows it: the crisis session, and who can take one when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Columns
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind, Intensity, Kind, SessionType


@dataclass(frozen=True)
class Case:
    """What a slot has to hold: its least length, how intense it is, and the paperwork that it brings."""

    minutes: int
    high: bool
    paperwork: int
    skills: frozenset[str]
    kind: SessionType | None = None


def case_of(index: Index) -> Case:
    """Return what the slots of a problem have to hold."""
    return index.once("urgent case", lambda: _case(index))


def _case(index: Index) -> Case:
    rulebook = index.problem.rulebook
    least = rulebook.setting("urgent_slots").whole("minutes")
    paperwork = rulebook.setting("documentation").whole("crisis")
    longest: SessionType | None = None
    for kind in index.problem.session_types:
        alone = kind.smallest == 1 and kind.facilitators == 1
        if kind.kind is Kind.CRISIS and alone and (longest is None or kind.minutes > longest.minutes):
            longest = kind
    if longest is None:
        return Case(least, True, paperwork, frozenset())
    rest = longest.recovery_minutes
    if rest is None:
        rest = rulebook.setting("recovery_buffer").whole("minutes") if longest.trauma_processing else 0
    if longest.documentation_minutes is not None:
        paperwork = longest.documentation_minutes
    high = longest.intensity is Intensity.HIGH
    return Case(max(least, longest.minutes + rest), high, paperwork, frozenset(longest.skills), longest)


def slots_of(rows: Columns) -> Bools:
    """Return which rows or entries are urgent slots, however long."""
    return rows.of_block(BlockKind.URGENT_SLOT)


def intense_slots(index: Index, rows: Columns) -> Bools:
    """Return which rows or entries are urgent slots held for sessions of high intensity."""
    found: Bools = slots_of(rows) & case_of(index).high
    return found


def holders(index: Index) -> list[int]:
    """Return who may hold slots at all."""
    case = case_of(index)
    return [
        number
        for number, person in enumerate(index.clinicians)
        if not person.new_in_post
        and person.daily_sessions != 0
        and person.weekly_sessions != 0
        and case.skills <= set(person.skills)
    ]


def open_halves(index: Index) -> dict[int, set[int]]:
    """Return by clinician the half-days (-2 to 13) in which a slot can be held, with all that it brings."""
    return index.once("open halves", lambda: {c: _open(index, c) for c in holders(index)})


def _open(index: Index, clinician: int) -> set[int]:
    found = set()
    for day, low, high in slot_starts(index, clinician):
        turn = index.turns[clinician, day]
        if low < turn:
            found.add(2 * day)
        if high >= turn:
            found.add(2 * day + 1)
    return found


def start_every(index: Index) -> int:
    """Return the minutes of which the start of a slot is a multiple."""
    return index.problem.start_every or 1


def slot_starts(index: Index, clinician: int) -> Iterator[tuple[int, int, int]]:
    """Yield (working day, first start, last start) of each free piece that holds a slot and its paper."""
    rulebook, case, every = index.problem.rulebook, case_of(index), start_every(index)
    before = rulebook.setting("crisis_reset").whole("minutes")
    after = case.minutes + rulebook.setting("documentation").whole("minutes") + case.paperwork
    for a, b in index.free[clinician]:
        low, high = -(-(a + before) // every) * every, (b - after) // every * every
        if low <= high:
            yield index.shifts[clinician].day(a), low, high


def due_slots(index: Index, each: int) -> list[int]:
    """Return how many slots each date needs: one for `each` at work, as many as can hold one at most."""
    at_work = [0] * DAYS
    for spans, shifts in zip(index.free, index.shifts, strict=True):
        for day in {shifts.day(start) for start, _ in spans} - {-1}:
            at_work[day] += 1
    return [min(-(-at_work[day] // each), len(able_on(index, day))) for day in range(DAYS)]


def able_on(index: Index, day: int) -> list[int]:
    """Return who can hold a slot on a date."""
    return [c for c, halves in open_halves(index).items() if halves & {2 * day, 2 * day + 1}]
