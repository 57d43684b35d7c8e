"""Usual times that contradict each other: a person at two places at once, more sessions than rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from safeschedule.errors import Fault
from safeschedule.problem.clock import DAY, Weekday, format_clock
from safeschedule.problem.faults.view import WEEK, Check, Interval, View, overlaps
from safeschedule.problem.work import AllowedMode, Mode, SessionType


@dataclass(frozen=True)
class _Usual:
    """Something that is at a usual time of the week.

    Parameters
    ----------
    place, what, when
        Where it stands in the problem, what it is, and its day and time in words.
    span
        Its minutes.
    clinicians, clients
        Who is surely in it.
    kind
        The type of a session that is surely in person; else ``None``.
    site
        Where that session is, as far as it is known.
    """

    place: str
    what: str
    when: str
    span: Interval
    clinicians: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    kind: SessionType | None = None
    site: str | None = None


def at_two_places(view: View) -> Iterator[Fault]:
    """Find clinicians and clients whose usual times, groups or meetings overlap: nobody can keep both.

    Of two that are asked for every second week, both are asked for in this one.
    """
    for role in ("clinicians", "clients"):
        by_person: dict[str, list[_Usual]] = defaultdict(list)
        for usual in _all(view):
            for code in getattr(usual, role):
                by_person[code].append(usual)
        for code, own in by_person.items():
            own.sort(key=lambda usual: usual.span)
            for number, usual in enumerate(own):
                for earlier in own[:number]:
                    if overlaps(earlier.span, usual.span):
                        who = f"{role[:-1]} {code}"
                        expected = f"a time at which {who} is not in {earlier.what} ({earlier.place}) as well"
                        yield Fault("usual_times_overlap", usual.place, usual.when, expected)


def more_than_rooms(view: View) -> Iterator[Fault]:
    """Find usual times at which more sessions are in person at a site than rooms there fit them.

    Of those that are there at once, each set of rooms is held against the sessions that no other room fits
    (Hall's condition, as far as one set decides); the one that comes last is told.
    """
    by_site: dict[str | None, list[_Usual]] = defaultdict(list)
    for usual in _all(view):
        if usual.kind is not None:
            by_site[usual.site].append(usual)
    for own in by_site.values():
        own.sort(key=lambda usual: usual.span)
        there: list[_Usual] = []
        for usual in own:
            there = [each for each in there if each.span[1] > usual.span[0]]
            there.append(usual)
            fitting = {id(each): _rooms(view, each, usual.span[0]) for each in there}
            for rooms in sorted({r for r in fitting.values() if fitting[id(usual)] <= r and r}, key=sorted):
                needing = [each for each in there if fitting[id(each)] <= rooms]
                if len(needing) > len(rooms):
                    yield _short(usual, needing, rooms)
                    break


def _short(late: _Usual, needing: list[_Usual], rooms: frozenset[str]) -> Fault:
    others = ", ".join(f"{each.what} ({each.place})" for each in needing if each is not late)
    count = f"{len(rooms)} room{'' if len(rooms) == 1 else 's'}"
    where = f" at {late.site}" if late.site else ""
    expected = f"another time or way: {count}{where} ({', '.join(sorted(rooms))}) for this and {others}"
    return Fault("usual_times_share_a_room", late.place, late.when, expected)


def _rooms(view: View, usual: _Usual, minute: int) -> frozenset[str]:
    """Return the rooms that fit a session and can be used at a minute."""
    kind = usual.kind
    return frozenset(
        room.id
        for room in view.problem.rooms
        if kind is not None
        and room.site == usual.site
        and kind.room_kind in room.kinds
        and room.seats >= kind.largest + kind.facilitators
        and not any(view.minute(off.start) <= minute < view.minute(off.end) for off in room.unavailable)
    )


def _all(view: View) -> Iterator[_Usual]:
    """Yield what has a usual time in the week that is planned."""
    yield from _of_requests(view)
    yield from _of_groups(view)
    for i, meeting in enumerate(view.problem.meetings):
        start = view.minute(meeting.start)
        if 0 <= start < WEEK:
            what, span = f"the meeting {meeting.id}", (start, start + meeting.minutes)
            yield _Usual(f"meetings[{i}]", what, _shown(view, start), span, meeting.clinicians)


def _of_requests(view: View) -> Iterator[_Usual]:
    for i, request in enumerate(view.problem.requests):
        kind, client = view.session_types.get(request.session_type), view.clients.get(request.client)
        if request.standing is None or request.group is not None or kind is None or client is None:
            continue
        who = request.clinician or client.clinician
        start = _minute(view, request.standing.day, request.standing.start)
        in_person = request.mode is AllowedMode.IN_PERSON and kind.room_kind is not None
        yield _Usual(
            place=f"requests[{i}].standing",
            what=f"request {request.id}",
            when=_shown(view, start),
            span=(start, start + kind.minutes),
            clinicians=(who,) if who else (),
            clients=(client.id,),
            kind=kind if in_person else None,
            site=request.site or _site(view, who, start),
        )


def _of_groups(view: View) -> Iterator[_Usual]:
    """Yield the sessions of groups that can be at no other time."""
    for i, group in enumerate(view.problem.groups):
        kind = view.session_types.get(group.session_type)
        if kind is None or len(group.slots) != group.sessions:
            continue
        led = group.facilitators if len(group.facilitators) == kind.facilitators else ()
        in_person = group.mode is Mode.IN_PERSON and kind.room_kind is not None
        for j, slot in enumerate(group.slots):
            start = _minute(view, slot.day, slot.start)
            yield _Usual(
                place=f"groups[{i}].slots[{j}]",
                what=f"group {group.id}",
                when=_shown(view, start),
                span=(start, start + kind.minutes),
                clinicians=led,
                clients=tuple(asked.client for asked in view.asking.get(group.id, ())),
                kind=kind if in_person else None,
                site=group.site or _site(view, led[0] if led else None, start),
            )


def _site(view: View, clinician: str | None, minute: int) -> str | None:
    """Return where a clinician is at a minute of the week, as far as the working periods say."""
    person = view.clinicians.get(clinician or "")
    for period in () if person is None else person.working:
        start = _minute(view, period.day, period.start)
        if start <= minute < start + period.end - period.start:
            return period.site
    return None


def _minute(view: View, day: Weekday, minute: int) -> int:
    """Return a weekday's minute after the first minute of the week."""
    return (day.number - view.problem.week_start.weekday()) % 7 * DAY + minute


def _shown(view: View, minute: int) -> str:
    """Return a minute of the week as ``mon 09:00``."""
    day = (view.problem.week_start.weekday() + minute // DAY) % 7
    return f"{list(Weekday)[day]} {format_clock(minute % DAY)}"


CHECKS: tuple[Check, ...] = (at_two_places, more_than_rooms)
