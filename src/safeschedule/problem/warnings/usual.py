"""Usual times that contradict each other: a person at two places, or a room used twice, at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeschedule.errors import Fault
from safeschedule.problem.clock import DAY, Weekday, format_clock
from safeschedule.problem.faults.view import WEEK, Check, Interval, View, overlaps
from safeschedule.problem.places import Room
from safeschedule.problem.work import AllowedMode, Mode, SessionType

_Sites = tuple[str | None, ...]


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
    sites
        Where that session may be.
    """

    place: str
    what: str
    when: str
    span: Interval
    clinicians: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    kind: SessionType | None = None
    sites: _Sites = ()


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
    """Find usual times at which more sessions are in person than rooms fit them: one would be used twice.

    Those that are there at once are given rooms, the earlier first: a bipartite matching by augmenting paths.
    Whoever finds none is told, with those that need the same rooms (a violation of Hall's condition).
    A clinician who is usually at two places needs one room: the two are told of apart.
    """
    there: list[_Usual] = []
    holder: dict[str, _Usual] = {}
    rooms: dict[int, list[Room]] = {}
    fit: dict[tuple[str, _Sites], list[Room]] = {}
    for usual, kind in sorted(_in_person(view), key=lambda each: each[0].span):
        minute = usual.span[0]
        there = [each for each in there if each.span[1] > minute]
        if any(set(each.clinicians) & set(usual.clinicians) for each in there):
            continue
        if (kind.id, usual.sites) not in fit:
            fit[kind.id, usual.sites] = _rooms(view, kind, usual.sites)
        rooms[id(usual)] = fit[kind.id, usual.sites]
        fitting = {id(each): _usable(view, rooms[id(each)], minute) for each in (*there, usual)}
        holder = {room: each for room, each in holder.items() if room in fitting.get(id(each), ())}
        holding = {id(each) for each in holder.values()}
        # Who had a room that cannot be used any more goes before who comes; who had none was told.
        for each in (*(each for each in there if id(each) not in holding), usual):
            seen: set[str] = set()
            if not _housed(each, fitting, holder, seen) and each is usual and seen:
                yield _short(usual, [holder[room] for room in sorted(seen)], seen)
        there.append(usual)


def _housed(
    usual: _Usual, fitting: dict[int, frozenset[str]], holder: dict[str, _Usual], seen: set[str]
) -> bool:
    """Give a session a room, moving others where these fit as well; note the rooms that were looked at."""
    free = fitting[id(usual)] - seen
    for room in sorted(free, key=lambda room: (room in holder, room)):
        if room in seen:
            continue
        seen.add(room)
        if room not in holder or _housed(holder[room], fitting, holder, seen):
            holder[room] = usual
            return True
    return False


def _short(late: _Usual, holding: list[_Usual], rooms: set[str]) -> Fault:
    others = ", ".join(f"{each.what} ({each.place})" for each in sorted(holding, key=lambda each: each.span))
    count = f"{len(rooms)} room{'' if len(rooms) == 1 else 's'}"
    sites = {site for each in (late, *holding) for site in each.sites}
    where = f" at {next(iter(sites))}" if len(sites) == 1 and sites != {None} else ""
    expected = f"another time or way: {count}{where} ({', '.join(sorted(rooms))}) for this and {others}"
    return Fault("usual_times_share_a_room", late.place, late.when, expected)


def _in_person(view: View) -> Iterator[tuple[_Usual, SessionType]]:
    """Yield what is surely in person, with its type."""
    yield from ((usual, usual.kind) for usual in _all(view) if usual.kind is not None)


def _rooms(view: View, kind: SessionType, sites: _Sites) -> list[Room]:
    """Return the rooms at some sites that fit a type's sessions."""
    people = kind.largest + kind.facilitators
    fit = (room for room in view.problem.rooms if room.site in sites and room.seats >= people)
    return [room for room in fit if kind.room_kind in room.kinds]


def _usable(view: View, rooms: Iterable[Room], minute: int) -> frozenset[str]:
    """Return the codes of those rooms that can be used at a minute."""
    return frozenset(
        room.id
        for room in rooms
        if not any(view.minute(off.start) <= minute < view.minute(off.end) for off in room.unavailable)
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
            sites=_sites(view, request.site, who, start),
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
                sites=_sites(view, group.site, led[0] if led else None, start),
            )


def _sites(view: View, site: str | None, clinician: str | None, minute: int) -> _Sites:
    """Return where a session may be at a minute of the week, as far as it and the working periods say."""
    person = view.clinicians.get(clinician or "")
    for period in () if person is None or site is not None else person.working:
        start = _minute(view, period.day, period.start)
        if start <= minute < start + period.end - period.start:
            site = period.site
    if site is not None:
        return (site,)
    own = () if person is None else person.sites
    return own or tuple(each.id for each in view.problem.sites if not each.telehealth_only) or (None,)


def _minute(view: View, day: Weekday, minute: int) -> int:
    """Return a weekday's minute after the first minute of the week."""
    return (day.number - view.problem.week_start.weekday()) % 7 * DAY + minute


def _shown(view: View, minute: int) -> str:
    """Return a minute of the week as ``mon 09:00``."""
    day = (view.problem.week_start.weekday() + minute // DAY) % 7
    return f"{list(Weekday)[day]} {format_clock(minute % DAY)}"


CHECKS: tuple[Check, ...] = (at_two_places, more_than_rooms)
