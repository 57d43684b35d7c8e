"""Rooms that are used twice: by usual times, by groups that can be at no other, by meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeschedule.errors import Fault
from safeschedule.problem.clock import Span
from safeschedule.problem.faults.view import WEEK, Check, Interval, View, overlaps
from safeschedule.problem.places import Room
from safeschedule.problem.warnings.usual import Sites, Usual, shown_minute, usual_times
from safeschedule.problem.work import SessionType


def more_than_rooms(view: View) -> Iterator[Fault]:
    """Find usual times at which more sessions are in person than rooms fit them: one would be used twice.

    Those that are there at once are given rooms, the earlier first: a bipartite matching by augmenting paths.
    Whoever finds none is told, with those that need the same rooms (a violation of Hall's condition).
    A clinician who is usually at two places needs one room: the two are told of apart.
    """
    there: list[Usual] = []
    fitting: dict[int, frozenset[str]] = {}
    holder: dict[str, Usual] = {}
    known: dict[tuple[str, Sites], list[Room]] = {}
    for usual, kind in sorted(_in_person(view), key=lambda each: each[0].span):
        there = [each for each in there if each.span[1] > usual.span[0]]
        if any(set(each.clinicians) & set(usual.clinicians) for each in there):
            continue
        key = kind.id, usual.sites
        rooms = known[key] if key in known else known.setdefault(key, _rooms(view, kind, usual.sites))
        fitting[id(usual)] = _open(view, rooms, usual.span)
        here = {id(each) for each in there}
        holder = {room: each for room, each in holder.items() if id(each) in here}
        seen: set[str] = set()
        if rooms and not _housed(usual, fitting, holder, seen):
            yield _short(view, usual, rooms, [holder[room] for room in sorted(seen)])
        there.append(usual)


def _housed(
    usual: Usual, fitting: dict[int, frozenset[str]], holder: dict[str, Usual], seen: set[str]
) -> bool:
    """Give a session a room, moving others where these fit as well; note the rooms that were looked at."""
    for room in sorted(fitting[id(usual)] - seen, key=lambda room: (room in holder, room)):
        if room in seen:
            continue
        seen.add(room)
        if room not in holder or _housed(holder[room], fitting, holder, seen):
            holder[room] = usual
            return True
    return False


def _short(view: View, late: Usual, fit: Iterable[Room], holding: list[Usual]) -> Fault:
    meetings = [(room, what) for room in fit for what in _meetings_in(view, room.id, late.span)]
    others = [f"{each.what} ({each.place})" for each in sorted(holding, key=lambda each: each.span)]
    others += [f"{what}, which is in {room.id}" for room, what in meetings]
    rooms = sorted(_open(view, fit, late.span) | {room.id for room, _ in meetings})
    count = f"{len(rooms)} room{'' if len(rooms) == 1 else 's'}" if rooms else "no room that can be used"
    sites = {site for each in (late, *holding) for site in each.sites}
    where = f" at {next(iter(sites))}" if len(sites) == 1 and sites != {None} else ""
    names = f" ({', '.join(rooms)})" if rooms else ""
    beside = f" for this and {', '.join(others)}" if others else ""
    expected = f"another time or way: {count}{where}{names}{beside}"
    return Fault("usual_times_share_a_room", late.place, late.when, expected)


def _meetings_in(view: View, room: str, span: Interval) -> Iterator[str]:
    """Yield the meetings that take a room in some of a span."""
    for number, meeting in enumerate(view.problem.meetings):
        start = view.minute(meeting.start)
        if meeting.room == room and overlaps(span, (start, start + meeting.minutes)):
            yield f"the meeting {meeting.id} (meetings[{number}])"


def _in_person(view: View) -> Iterator[tuple[Usual, SessionType]]:
    """Yield what is surely in person, with its type."""
    yield from ((usual, usual.kind) for usual in usual_times(view) if usual.kind is not None)


def _rooms(view: View, kind: SessionType, sites: Sites) -> list[Room]:
    """Return the rooms at some sites that fit a type's sessions."""
    people = kind.largest + kind.facilitators
    fit = (room for room in view.problem.rooms if room.site in sites and room.seats >= people)
    return [room for room in fit if kind.room_kind in room.kinds]


def _open(view: View, rooms: Iterable[Room], span: Interval) -> frozenset[str]:
    """Return the codes of those rooms that can be used in all of a span."""
    shut = view.problem.by_code.shut
    return frozenset(
        room.id
        for room in rooms
        if not any(overlaps(span, _span(view, off)) for off in shut.get(room.id, ()))
    )


def _span(view: View, off: Span) -> Interval:
    return view.minute(off.start), view.minute(off.end)


def meetings_in_a_room_that_is_taken(view: View) -> Iterator[Fault]:
    """Find meetings in a room in which an earlier entry is, or that cannot be used then."""
    rooms = view.problem.by_code.rooms
    taken: dict[str, list[tuple[Interval, str]]] = {
        code: [(_span(view, off), "that is unavailable then") for off in room.unavailable]
        for code, room in rooms.items()
    }
    for i, meeting in enumerate(view.problem.meetings):
        start = view.minute(meeting.start)
        if meeting.room not in taken or not 0 <= start < WEEK:
            continue
        span = start, start + meeting.minutes
        why = [said for other, said in taken[meeting.room] if overlaps(span, other)]
        if why:
            expected = f"another time, or a room other than one {' and '.join(why)}"
            place = f"meetings[{i}].room"
            yield Fault("usual_times_share_a_room", place, shown_minute(view, start), expected)
        taken[meeting.room].append((span, f"in which the meeting {meeting.id} (meetings[{i}]) is"))


CHECKS: tuple[Check, ...] = (more_than_rooms, meetings_in_a_room_that_is_taken)
