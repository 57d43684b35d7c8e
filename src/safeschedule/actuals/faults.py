"""What is wrong in actuals that have the right shape: dates of other weeks, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from safeschedule.actuals.happened import ActualVisit, Attendance, BlockFate, ProtectedBlock
from safeschedule.actuals.week import Actuals
from safeschedule.errors import Fault
from safeschedule.problem.cutting import cut
from safeschedule.problem.showing import show

_DATED = {
    "visits": "planned",
    "blocks": "planned",
    "days": "date",
    "events": "on",
    "referrals": "received",
    "discharges": "on",
    "first_contacts": "on",
    "flags": "on",
    "supervision": "on",
    "staff": "on",
}
"""Each list, and the field that says in which week an entry belongs."""

_ONCE: dict[str, Callable[[Any], Hashable]] = {
    "visits": lambda visit: (visit.client, visit.planned, visit.clinicians),
    "blocks": lambda block: (block.clinician, block.planned),
    "days": lambda day: (day.clinician, day.date),
}
"""What an entry is about; two of them would be counted twice."""


def find_actuals_faults(actuals: Actuals) -> tuple[Fault, ...]:
    """Return every fault of a week's actuals; the codes of people are compared with no problem."""
    checks = (_other_weeks, _repeated, _contradictions)
    return tuple(fault for check in checks for fault in cut(check(actuals)))


def _other_weeks(actuals: Actuals) -> Iterator[Fault]:
    dates = actuals.dates
    for name, field in _DATED.items():
        for number, entry in enumerate(getattr(actuals, name) or ()):
            value = getattr(entry, field)
            day = value.date() if isinstance(value, datetime) else value
            if day not in dates:
                expected = f"a date of the week from {dates[0]} to {dates[-1]}"
                yield Fault("other_week", f"{name}[{number}].{field}", show(str(day)), expected)


def _repeated(actuals: Actuals) -> Iterator[Fault]:
    for name, about in _ONCE.items():
        first: dict[Hashable, int] = {}
        for number, entry in enumerate(getattr(actuals, name) or ()):
            earlier = first.setdefault(about(entry), number)
            if earlier != number:
                expected = f"each of them once ({name}[{earlier}] is of the same person and time)"
                yield Fault("duplicate", f"{name}[{number}]", "", expected)


def _contradictions(actuals: Actuals) -> Iterator[Fault]:
    for number, visit in enumerate(actuals.visits or ()):
        yield from _of_visit(f"visits[{number}]", visit)
    for number, block in enumerate(actuals.blocks or ()):
        yield from _of_block(f"blocks[{number}]", block)
    for number, day in enumerate(actuals.days or ()):
        inside, outside = day.documentation_outside, day.minutes_outside
        if inside is not None and outside is not None and inside > outside:
            expected = f"at most {outside}, which are all minutes outside"
            yield Fault("contradiction", f"days[{number}].documentation_outside", str(inside), expected)
    for number, first in enumerate(actuals.first_contacts or ()):
        place = f"first_contacts[{number}].referred"
        yield from _in_order(place, first.referred, (first.on,), "no later than the contact")


def _of_visit(place: str, visit: ActualVisit) -> Iterator[Fault]:
    yield from _in_order(f"{place}.booked", visit.booked, (visit.planned.date(),), "no later than its date")
    yield from _in_order(f"{place}.began", visit.began, (visit.ended,), "no later than its end")
    later = (visit.documented,)
    yield from _in_order(f"{place}.began", visit.began, later, "no later than the end of its note")
    if visit.outcome not in (None, Attendance.ATTENDED):
        for name in ("began", "ended"):  # a note there may be
            value = getattr(visit, name)
            if value is not None:
                expected = f"no such time, as the outcome is {visit.outcome}"
                yield Fault("contradiction", f"{place}.{name}", show(str(value)), expected)


def _of_block(place: str, block: ProtectedBlock) -> Iterator[Fault]:
    if block.moved_to is not None and block.fate is not BlockFate.MOVED:
        expected = "nothing, unless its fate is moved"
        yield Fault("contradiction", f"{place}.moved_to", show(str(block.moved_to)), expected)


def _in_order(
    place: str, value: date | None, bounds: Iterable[date | None], expected: str
) -> Iterator[Fault]:
    """Yield a fault where a value is later than one of what follows it; what is not known is in order."""
    if value is not None and any(bound is not None and value > bound for bound in bounds):
        yield Fault("out_of_order", place, show(str(value)), expected)
