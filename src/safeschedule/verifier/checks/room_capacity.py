"""Check of the rule ``room_capacity``: in-person sessions fit the rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import heappop, heappush

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

_Place = tuple[str | None, str]


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each appointment in whose first minute rooms are short, and each unfit named room."""
    rooms = Counter((room.site, room.kind) for room in week.rooms.values())
    places: dict[_Place, list[Session]] = {}
    for session in week.sessions:
        if session.mode == "in_person" and session.type is not None and session.type.room_kind is not None:
            place = (session.site, session.type.room_kind)
            places.setdefault(place, []).append(session)
            yield from _named(week, setting, session, place)
    for place in sorted(places, key=lambda p: (p[0] or "", p[1])):
        yield from _short(week, setting, place, places[place], rooms[place])


def _named(week: Week, setting: Setting, session: Session, place: _Place) -> Iterator[Finding]:
    room = None if session.room is None else week.rooms.get(session.room)
    if room is None or (room.site, room.kind) == place:
        return
    found, due = _describe(room.site, room.kind), _describe(*place)
    sentence = (
        f"Room {room.id} ({found}) does not fit {session.short} on {week.at(session)}, which needs a {due}."
    )
    yield report(setting, (room.id, *session.clients), week.moment(session.start), found, due, sentence)


def _short(
    week: Week, setting: Setting, place: _Place, sessions: list[Session], rooms: int
) -> Iterator[Finding]:
    running: list[int] = []
    arriving: list[Session] = []
    for index, session in enumerate(sessions):
        while running and running[0] <= session.start:
            heappop(running)
        heappush(running, session.end)
        arriving.append(session)
        if index + 1 < len(sessions) and sessions[index + 1].start == session.start:
            continue  # all that start together are judged together
        if len(running) > rooms:
            for late in arriving:
                yield _finding(week, setting, place, late, len(running), rooms)
        arriving.clear()


def _finding(
    week: Week, setting: Setting, place: _Place, session: Session, found: int, rooms: int
) -> Finding:
    when = week.moment(session.start)
    there = {0: "there is none", 1: "there is only 1"}.get(rooms, f"there are only {rooms}")
    needing = wording.count(found, "session needs", "sessions need")
    sentence = (
        f"When {session.short} begins on {week.day_name(session.day)} at {when:%H:%M}, "
        f"{needing} a {_describe(*place)}; {there}."
    )
    who = tuple(name for name in (place[0], *session.clients) if name is not None)
    return report(setting, who, when, wording.count(found, "session"), wording.count(rooms, "room"), sentence)


def _describe(site: str | None, kind: str) -> str:
    return f"{wording.words(kind)} room" + ("" if site is None else f" at {site}")
