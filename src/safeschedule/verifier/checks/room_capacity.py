"""Check of the rule ``room_capacity``: in-person sessions fit the rooms and the equipment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from safeschedule.problem import SessionType, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.matching import all_served
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week


@dataclass(frozen=True)
class _Need:
    """One thing that a session needs: what it is called, and the codes of those that would do."""

    name: str
    fitting: frozenset[str]


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each appointment in whose first minute something is short, and each unfit named room."""
    known: dict[tuple[str | None, str], list[_Need]] = {}
    wanting: list[tuple[_Need, Session]] = []
    for session in week.sessions:
        if session.mode != "in_person" or session.type is None:
            continue
        key = (session.site, session.type.id)
        if key not in known:
            known[key] = list(_needs(week, session.type, session.site))
        wanting += [(need, session) for need in known[key]]
        if session.room is not None and session.type.room_kind is not None:
            yield from _named(week, setting, session, known[key][0])
    parts = _sharing({need for need, _ in wanting})
    part_of = {need: number for number, sharing in enumerate(parts) for need in sharing}
    competing: list[list[tuple[_Need, Session]]] = [[] for _ in parts]
    for need, session in wanting:
        competing[part_of[need]].append((need, session))
    for together in competing:
        yield from _short(week, setting, together)


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


def _short(week: Week, setting: Setting, wanting: list[tuple[_Need, Session]]) -> Iterator[Finding]:
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
        enough = (
            len(running) <= len(need.fitting)
            if alike
            else all_served([wanting[i][0].fitting for _, i in running])
        )
        if not enough:
            together = [wanting[i][0] for _, i in running]
            for late in arriving:
                yield _finding(week, setting, *late, together)
        arriving.clear()


def _finding(week: Week, setting: Setting, need: _Need, session: Session, together: list[_Need]) -> Finding:
    when, rooms = week.moment(session.start), len(frozenset[str]().union(*(n.fitting for n in together)))
    there = {0: "there is none", 1: "there is only 1"}.get(rooms, f"there are only {rooms}")
    if len(together) <= rooms:
        there = f"the {rooms} that there are do not fit all"
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
