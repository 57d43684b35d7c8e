"""Check of the rule ``room_capacity``: in-person sessions fit the rooms and the equipment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from safeschedule.problem import SessionType, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.intervals import Interval, merged
from safeschedule.verifier.matching import all_served
from safeschedule.verifier.reach import THEN
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = THEN


@dataclass(frozen=True)
class _Need:
    """One thing that a session needs: what it is called, and the codes of those that would do.

    Of a session that names its room it is that room alone; whether that can be used is judged apart.
    """

    name: str
    fitting: frozenset[str]
    named: bool = False


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each appointment in whose first minute something is short, and each unfit named room."""
    known: dict[tuple[str | None, str], list[_Need]] = week.lasting.setdefault(_needs, {})
    wanting: list[tuple[_Need, Session]] = []
    for session in week.sessions:
        named = session.room is not None and session.room in week.rooms
        if session.mode != "in_person" or session.type is None:
            if named:
                yield from _shut(week, setting, session)
                wanting.append((_own(session, "room"), session))
            continue
        key = (session.site, session.type.id)
        if key not in known:
            known[key] = list(_needs(week, session.type, session.site))
        needs = known[key]
        if named and session.type.room_kind is None:
            yield from _shut(week, setting, session)
            needs = [_own(session, "room"), *needs]
        elif named:
            unfit = session.room not in needs[0].fitting
            yield from (_named(week, setting, session, needs[0]) if unfit else _shut(week, setting, session))
            # It keeps the room that it names, fit or not: nobody else can have it.
            needs = [_own(session, needs[0].name), *needs[1:]]
        wanting += [(need, session) for need in needs]
    parts = _sharing({need for need, _ in wanting})
    part_of = {need: number for number, sharing in enumerate(parts) for need in sharing}
    competing: list[list[tuple[_Need, Session]]] = [[] for _ in parts]
    for need, session in wanting:
        competing[part_of[need]].append((need, session))
    lost = {code: _lost(week, code) for code in week.rooms if code in week.problem.by_code.shut}
    for together in competing:
        here = {code: spans for code, spans in lost.items() if any(code in n.fitting for n, _ in together)}
        yield from _short(week, setting, together, here)
        yield from _leaving(week, setting, together, here)


def _own(session: Session, name: str) -> _Need:
    """Return the need of a session that names a room: that one."""
    return _Need(name, frozenset({session.room or ""}), named=True)


def _lost(week: Week, room: str) -> list[Interval]:
    """Return when a room cannot be used, merged."""
    shut = week.problem.by_code.shut.get(room, ())
    spans = ((week.minute(span.start), week.minute(span.end)) for span in shut)
    return merged([span for span in spans if span[0] < span[1]])


def _needs(week: Week, kind: SessionType, site: str | None) -> Iterator[_Need]:
    where = "" if site is None else f" at {site}"
    if kind.room_kind is not None:
        people = kind.largest + kind.facilitators
        rooms = (r for r in week.rooms.values() if r.site == site and kind.room_kind in (r.kind, *r.also))
        fitting = frozenset(room.id for room in rooms if room.seats >= people)
        size = f" for {people}" if people > 2 else ""
        yield _Need(f"{wording.words(kind.room_kind)} room{size}{where}", fitting)
    for wanted in sorted(set(kind.equipment)):
        pieces = (e for e in week.problem.equipment if e.kind == wanted and e.site in (None, site))
        yield _Need(f"piece of {wording.words(wanted)}{where}", frozenset(f"piece {e.id}" for e in pieces))


def _sharing(needs: set[_Need]) -> list[set[_Need]]:
    """Return the needs in sets that share nothing with each other."""
    found: list[set[_Need]] = []
    for need in sorted(needs, key=lambda n: (n.name, sorted(n.fitting))):
        near = [part for part in found if any(need.fitting & other.fitting for other in part)]
        found = [part for part in found if part not in near]
        found.append({need}.union(*near))
    return found


def _named(week: Week, setting: Setting, session: Session, need: _Need) -> Iterator[Finding]:
    room = None if session.room is None else week.rooms.get(session.room)
    if room is None or room.id in need.fitting:
        return
    where = "" if room.site is None else f" at {room.site}"
    found = f"{wording.words(room.kind)} room{where}"
    sentence = (
        f"Room {room.id} ({found}, {wording.count(room.seats, 'seat')}) does not fit {session.short} on "
        f"{week.at(session)}, which needs a {need.name}."
    )
    yield report(setting, (room.id, *session.clients), week.moment(session.start), found, need.name, sentence)


def _shut(week: Week, setting: Setting, session: Session) -> Iterator[Finding]:
    """Yield a named room that cannot be used all the time."""
    room = None if session.room is None else week.rooms.get(session.room)
    if room is None:
        return
    if any(start < session.end and session.start < end for start, end in _lost(week, room.id)):
        sentence = (
            f"Room {room.id} cannot be used for {session.short} on {week.at(session)}: it is unavailable."
        )
        who = (room.id, *session.clients)
        yield report(setting, who, week.moment(session.start), "unavailable", "a room in use", sentence)


def _left(need: _Need, lost: dict[str, list[Interval]], minute: int) -> frozenset[str]:
    """Return what would do and can be used in a minute."""
    if need.named:
        return need.fitting
    return frozenset(c for c in need.fitting if not any(a <= minute < b for a, b in lost.get(c, ())))


def _leaving(
    week: Week, setting: Setting, wanting: list[tuple[_Need, Session]], lost: dict[str, list[Interval]]
) -> Iterator[Finding]:
    """Yield each minute at which rooms become unavailable, no session starts, and not all can be served."""
    begun = {session.start for _, session in wanting}
    for minute in sorted({start for spans in lost.values() for start, _ in spans} - begun):
        if not 0 <= minute < len(week.dates) * 1440:
            continue
        going = [need for need, session in wanting if session.start < minute < session.end]
        if all_served([_left(need, lost, minute) for need in going]):
            continue
        codes = [code for code, spans in lost.items() if any(start == minute for start, _ in spans)]
        when = week.moment(minute)
        needing = wording.count(len(going), "session that goes on needs", "sessions that go on need")
        sentence = (
            f"On {week.day_name(minute // 1440)} at {when:%H:%M}, {wording.listing(codes)} cannot be used "
            f"any more, and {needing} more rooms than are left."
        )
        found, limit = wording.count(len(going), "session"), "the rooms that are left"
        yield report(setting, codes, when, found, limit, sentence)


def _short(
    week: Week, setting: Setting, wanting: list[tuple[_Need, Session]], lost: dict[str, list[Interval]]
) -> Iterator[Finding]:
    """Yield what starts while not all that go on can be served; those of one start are judged together."""
    running: list[tuple[int, int]] = []
    arriving: list[tuple[_Need, Session]] = []
    alike = len({need.fitting for need, _ in wanting}) == 1
    for index, (need, session) in enumerate(wanting):
        while running and running[0][0] <= session.start:
            heappop(running)
        heappush(running, (session.end, index))
        arriving.append((need, session))
        if index + 1 < len(wanting) and wanting[index + 1][1].start == session.start:
            continue
        if alike and len(running) <= len(need.fitting) - len(lost):
            arriving.clear()
            continue
        together = [wanting[i][0] for _, i in running]
        if lost:
            together = [replace(n, fitting=_left(n, lost, session.start)) for n in together]
        if not all_served([n.fitting for n in together]):
            for late in arriving:
                yield _finding(week, setting, *late, together)
        arriving.clear()


def _finding(week: Week, setting: Setting, need: _Need, session: Session, together: list[_Need]) -> Finding:
    when, rooms = week.moment(session.start), len(frozenset[str]().union(*(n.fitting for n in together)))
    there = {0: "there is none", 1: "there is only 1"}.get(rooms, f"there are only {rooms}")
    if len(together) <= rooms:
        there = f"the {rooms} that there are do not fit all"
    if taken := sorted(frozenset[str]().union(*(n.fitting for n in together if n.named))):
        verb = "is" if len(taken) == 1 else "are"
        there = f"{there}, and {wording.listing(taken)} {verb} taken by name"
    needing = wording.count(len(together), "session needs", "sessions need")
    sentence = (
        f"When {session.short} begins on {week.day_name(session.day)} at {when:%H:%M}, "
        f"{needing} a {need.name}{'' if len(set(together)) == 1 else ' or the like'}; {there}."
    )
    who = tuple(name for name in (session.site, *session.clients) if name is not None)
    found = wording.count(len(together), "session")
    return report(
        setting, who, when, found, wording.count(rooms, "room" if "room" in need.name else "piece"), sentence
    )
