"""Attendants, and pins that name them, that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeschedule.errors import Fault
from safeschedule.problem.attendants import Attendant, merged_needs
from safeschedule.problem.clock import DAY
from safeschedule.problem.faults.view import Interval, View, merged, overlaps
from safeschedule.problem.people import PASSED
from safeschedule.problem.rulebook import RuleSetting
from safeschedule.problem.showing import show
from safeschedule.problem.work import AllowedMode, Group, Mode, Request


def there(
    view: View, attendant: Attendant, *, in_person: bool, site: str | None, anywhere: bool = False
) -> list[Interval]:
    """Return when an attendant can attend sessions of a mode at a site, in this week.

    With `anywhere` it is not known yet at which site, and all count at which the attendant may be.
    """
    if not in_person and not attendant.telehealth:
        return []
    remote = {each.id for each in view.problem.sites if each.telehealth_only}
    first = view.problem.week_start.weekday()
    found = []
    for period in attendant.working:
        date = (period.day.number - first) % 7
        if date in view.closed or period.end <= period.start:
            continue
        if in_person and (period.telehealth_only or period.site in remote):
            continue
        if not in_person or anywhere or _is_at(attendant, period.site, site):
            found.append((date * DAY + period.start, date * DAY + period.end))
    away = [(view.minute(span.start), view.minute(span.end)) for span in attendant.leave]
    return [piece for span in merged(found) for piece in _left(span, merged(away))]


def _is_at(attendant: Attendant, named: str | None, site: str | None) -> bool:
    if named is not None:
        return named == site
    return not attendant.sites or site is None or site in attendant.sites


def _left(span: Interval, away: list[Interval]) -> Iterator[Interval]:
    start, end = span
    for first, last in away:
        if first > start:
            yield start, min(first, end)
        start = max(start, last)
        if start >= end:
            return
    yield start, end


def code_of_clinician(view: View) -> Iterator[Fault]:
    """Find attendants with the code of a clinician: calendars and pages would take one for the other."""
    for i, attendant in enumerate(view.problem.attendants):
        if attendant.id in view.clinicians:
            expected = "a code that no clinician has; whoever sees clients is a clinician"
            yield Fault("attendant_is_clinician", f"attendants[{i}].id", show(attendant.id), expected)


def time_passed(view: View) -> Iterator[Fault]:
    """Find leave of attendants that says that time has passed: for them leave is leave."""
    for i, attendant in enumerate(view.problem.attendants):
        for j, leave in enumerate(attendant.leave):
            if leave.kind == PASSED:
                place, expected = f"attendants[{i}].leave[{j}].kind", "a kind of time off"
                yield Fault("reserved_kind", place, show(leave.kind), expected)


@dataclass(frozen=True)
class _Pin:
    """A pinned session that names attendants: its place in the file, what it is of, its time and mode."""

    place: str
    asked: Request | Group
    start: int
    codes: tuple[str, ...]
    mode: str
    room: str | None = None


def _pins(view: View) -> Iterator[_Pin]:
    for i, pin in enumerate(view.problem.pinned_appointments):
        request = view.requests.get(pin.request)
        if request is not None and pin.attendants:
            mode = (pin.mode or request.mode).value
            place = f"pinned_appointments[{i}].attendants"
            yield _Pin(place, request, view.minute(pin.start), pin.attendants, mode, pin.room)
    for i, held in enumerate(view.problem.pinned_groups):
        group = view.groups.get(held.group)
        if group is not None and held.attendants:
            place, start = f"pinned_groups[{i}].attendants", view.minute(held.start)
            yield _Pin(place, group, start, held.attendants, group.mode.value)


def pin_unattended(view: View) -> Iterator[Fault]:
    """Find pins whose attendants are too few, or not there."""
    setting = view.problem.rulebook.rules.get("attendants", RuleSetting())
    people = {person.id: person for person in reversed(view.problem.attendants)}
    for pin in _pins(view) if setting.enabled else ():
        kind = view.session_types.get(pin.asked.session_type)
        named = [people[code] for code in pin.codes if code in people]
        if kind is None or len(named) < len(pin.codes):
            continue
        found = ", ".join(pin.codes)
        if len(set(pin.codes)) < len(pin.codes):
            yield Fault("duplicate", pin.place, show(found), "each attendant once")
        for skill, count in merged_needs(kind.needs_attendants, pin.asked.needs_attendants).items():
            able = sum(skill in person.skills for person in named)
            if able < count:
                expected = f"{count} with the skill {show(skill)}, as the session needs, or no names at all"
                yield Fault("pin_unattended", pin.place, show(found), expected)
        for person in named:
            if not any(_holds(view, pin, person, kind.minutes)):
                expected = (
                    f"attendants who are there for all of it: {show(person.id)} does not work then, is "
                    "away, or does not attend in this way"
                )
                yield Fault("pin_unattended", pin.place, show(person.id), expected)


def _holds(view: View, pin: _Pin, person: Attendant, minutes: int) -> Iterator[bool]:
    """Yield for each mode that the pin allows whether the attendant is there, at some site of the pin."""
    rooms = {room.id: room.site for room in view.problem.rooms}
    site = pin.asked.site if pin.room is None else rooms.get(pin.room)
    for mode in Mode:
        if pin.mode in (mode.value, AllowedMode.EITHER.value):
            seen = mode is Mode.IN_PERSON
            spans = there(view, person, in_person=seen, site=site, anywhere=site is None)
            yield any(a <= pin.start and pin.start + minutes <= b for a, b in spans)


def pins_share_attendant(view: View) -> Iterator[Fault]:
    """Find pins that need one attendant at the same time."""
    held: dict[str, list[tuple[Interval, str]]] = {}
    for pin in _pins(view):
        kind = view.session_types.get(pin.asked.session_type)
        if kind is None:
            continue
        span = (pin.start, pin.start + kind.minutes)
        for code in dict.fromkeys(pin.codes):
            for other, place in held.setdefault(code, []):
                if overlaps(span, other):
                    expected = f"somebody who is not needed at the same time by {place}"
                    yield Fault("pins_overlap", pin.place, show(code), expected)
                    break
            held[code].append((span, pin.place))


CHECKS = (code_of_clinician, time_passed, pin_unattended, pins_share_attendant)
