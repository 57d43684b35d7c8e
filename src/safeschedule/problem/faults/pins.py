"""Pins that contradict the rest of the problem or each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from safeschedule.errors import Fault
from safeschedule.problem.faults.times import week_expected
from safeschedule.problem.faults.view import WEEK, Interval, View, inside, overlaps
from safeschedule.problem.showing import show
from safeschedule.problem.work import AllowedMode, Mode


@dataclass(frozen=True)
class _Pin:
    """A pinned appointment or block.

    Parameters
    ----------
    place
        Where it stands in the file.
    clinicians
        Everybody who has to be there.
    holds
        What it takes besides: the client, the room.
    in_person
        Whether clients are there in person, whatever is decided.
    """

    place: str
    start: datetime
    span: Interval
    clinicians: tuple[str, ...]
    holds: tuple[str, ...] = ()
    in_person: bool = False

    @property
    def when(self) -> str:
        return f"{self.start.isoformat('T', 'minutes')}, {self.span[1] - self.span[0]} minutes"


def _pins(view: View) -> Iterator[_Pin]:
    """Return the pins whose length is known, in the order of the file."""
    for i, pin in enumerate(view.problem.pinned_appointments):
        request = view.requests.get(pin.request)
        kind = view.session_types.get(request.session_type) if request else None
        if request is None or kind is None:
            continue
        start = view.minute(pin.start)
        holds = (f"client {request.client}", *([f"room {pin.room}"] if pin.room else []))
        span, place = (start, start + kind.minutes), f"pinned_appointments[{i}]"
        mode = request.mode.value if pin.mode is None else pin.mode.value
        seen = mode == Mode.IN_PERSON.value or pin.room is not None
        yield _Pin(place, pin.start, span, (pin.clinician,), holds, seen)
    yield from _group_pins(view)
    for i, block in enumerate(view.problem.pinned_blocks):
        start = view.minute(block.start)
        who = (*block.clinicians, *([block.supervisor] if block.supervisor else []))
        span, place = (start, start + block.minutes), f"pinned_blocks[{i}]"
        yield _Pin(place, block.start, span, tuple(dict.fromkeys(who)))


def _group_pins(view: View) -> Iterator[_Pin]:
    for i, pin in enumerate(view.problem.pinned_groups):
        group = view.groups.get(pin.group)
        kind = view.session_types.get(group.session_type) if group else None
        if kind is not None:
            start = view.minute(pin.start)
            holds = tuple(f"client {code}" for code in dict.fromkeys(pin.clients))
            span, people = (start, start + kind.minutes), tuple(dict.fromkeys(pin.clinicians))
            seen = group is not None and group.mode.value == Mode.IN_PERSON.value
            yield _Pin(f"pinned_groups[{i}]", pin.start, span, people, holds, seen)


def outside_week(view: View) -> Iterator[Fault]:
    """Find pins that are not wholly in the week."""
    for pin in _pins(view):
        if pin.span[0] < 0 or pin.span[1] > WEEK:
            yield Fault("outside_week", f"{pin.place}.start", pin.when, week_expected(view))


def people_not_free(view: View) -> Iterator[Fault]:
    """Find pins outside the hours, in the leave or during a meeting of somebody who has to be there."""
    for pin in _pins(view):
        place = f"{pin.place}.start"
        if pin.span[0] < 0 or pin.span[1] > WEEK:
            continue
        for code in (code for code in pin.clinicians if code in view.clinicians):
            who = show(code)
            if not inside(pin.span, view.working[code]):
                yield Fault(
                    "pin_outside_hours", place, pin.when, f"a time inside one working period of {who}"
                )
            elif pin.in_person and not inside(pin.span, view.seeing[code]):
                expected = f"a time at which {who} sees clients in person, or a session by telehealth"
                yield Fault("pin_in_telehealth_hours", place, pin.when, expected)
            if any(overlaps(pin.span, away) for away in view.leave[code]):
                yield Fault("pin_in_leave", place, pin.when, f"a time outside the leave of {who}")
            if any(overlaps(pin.span, busy) for busy in view.meetings.get(code, [])):
                yield Fault("pin_in_meeting", place, pin.when, f"a time outside the meetings of {who}")


def pins_overlap(view: View) -> Iterator[Fault]:
    """Find pins that need the same person or room at the same time."""
    latest: dict[str, _Pin] = {}
    for pin in sorted(_pins(view), key=lambda pin: pin.span):
        for key in (*(f"clinician {code}" for code in pin.clinicians), *pin.holds):
            earlier = latest.get(key)
            if earlier is not None and overlaps(earlier.span, pin.span):
                expected = f"a time that does not overlap {earlier.place}, which needs {show(key)[1:-1]} too"
                yield Fault("pins_overlap", f"{pin.place}.start", pin.when, expected)
            if earlier is None or pin.span[1] > earlier.span[1]:
                latest[key] = pin


def mode_not_allowed(view: View) -> Iterator[Fault]:
    """Find pins in a mode that their request does not allow."""
    for i, pin in enumerate(view.problem.pinned_appointments):
        request = view.requests.get(pin.request)
        if request is None or pin.mode is None or request.mode is AllowedMode.EITHER:
            continue
        if pin.mode.value != request.mode.value:
            place, expected = f"pinned_appointments[{i}].mode", f"{request.mode}, as its request says"
            yield Fault("mode_not_allowed", place, str(pin.mode), expected)


def room_unfit(view: View) -> Iterator[Fault]:
    """Find pins to a room that their session cannot use."""
    rooms = view.problem.by_code.rooms
    for i, pin in enumerate(view.problem.pinned_appointments):
        request, room = view.requests.get(pin.request), rooms.get(pin.room or "")
        kind = view.session_types.get(request.session_type) if request else None
        if request is None or room is None or kind is None:
            continue
        place = f"pinned_appointments[{i}].room"
        if Mode.TELEHEALTH in (pin.mode, request.mode.value):
            yield Fault("room_unfit", place, show(pin.room), "no room, for the session is by telehealth")
        elif kind.room_kind not in room.kinds:
            expected = f"a room of the kind {kind.room_kind}" if kind.room_kind else "no room"
            yield Fault("room_unfit", place, show(pin.room), f"{expected}, as its session type says")
        elif room.seats < kind.largest + kind.facilitators:
            expected = f"a room for {kind.largest + kind.facilitators}, as its session type says"
            yield Fault("room_unfit", place, show(pin.room), expected)
        start = view.minute(pin.start)
        shut = view.problem.by_code.shut.get(room.id, ())
        lost = [(view.minute(span.start), view.minute(span.end)) for span in shut]
        if any(overlaps((start, start + kind.minutes), span) for span in lost):
            yield Fault("room_unfit", place, show(pin.room), "a room that is not unavailable then")


def too_many_pins(view: View) -> Iterator[Fault]:
    """Find more pins of a request or a group than it has sessions."""
    sessions = Counter(pin.group for pin in view.problem.pinned_groups)
    for code, group in view.groups.items():
        if sessions[code] > group.sessions:
            expected = f"at most {group.sessions} pins of the group {show(code)[1:-1]}, its sessions"
            yield Fault("too_many_pins", "pinned_groups", str(sessions[code]), expected)
    count: dict[str, int] = {}
    for i, pin in enumerate(view.problem.pinned_appointments):
        request = view.requests.get(pin.request)
        count[pin.request] = count.get(pin.request, 0) + 1
        if request is not None and count[pin.request] > request.count:
            expected = f"at most {request.count} pins of this request, its count"
            yield Fault("too_many_pins", f"pinned_appointments[{i}].request", show(pin.request), expected)


CHECKS = (outside_week, people_not_free, pins_overlap, mode_not_allowed, room_unfit, too_many_pins)
