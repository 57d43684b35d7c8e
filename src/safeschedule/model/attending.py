"""Who can attend which sessions: the attendants that requests need, and where and when these are.

A place is one attendant with one skill in a session. Who can fill it depends on where and when the session
is, because an attendant may be there at some times and sites alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import MODES, Rows
from safeschedule.model.spans import DAYS, cut
from safeschedule.problem import Mode
from safeschedule.problem.attendants import filled, merged_needs
from safeschedule.problem.clock import DAY

_IN_PERSON = MODES.index(Mode.IN_PERSON)


@dataclass(frozen=True)
class Calls:
    """Attendants for the sessions among some rows, one entry for each who could fill places of one skill.

    Parameters
    ----------
    rows
        The row's number.
    place
        Equal for entries of one row and skill.
    count
        How many are needed of these.
    attendant
        The attendant's number.
    """

    rows: Ints
    place: Ints
    count: Ints
    attendant: Ints


@dataclass(frozen=True)
class _Named:
    """A session whose attendants are named: whose it is, when, with whom, and their numbers."""

    request: int
    start: int
    clinician: int
    attendants: tuple[int, ...]


def needs_of(index: Index) -> tuple[dict[str, int], ...]:
    """Return how many attendants of each skill each request and group needs in a session."""

    def make() -> tuple[dict[str, int], ...]:
        own = (index.asked[n].needs_attendants for n in range(len(index.asked)))
        pairs = zip(index.request_types, own, strict=True)
        return tuple(merged_needs(kind.needs_attendants, needs) for kind, needs in pairs)

    return index.once("attendants needed", make)


def needing(index: Index, rows: Rows) -> Bools:
    """Return which rows stand for sessions that attendants attend: because they need or name some."""
    own = index.once("needing attendants", lambda: _by_request(index))
    if not own.any():
        return np.zeros(len(rows), dtype=bool)  # nearly always
    found: Bools = own[rows.request] & rows.is_appointment
    return found


def _by_request(index: Index) -> Bools:
    """Return by request and group whether its sessions are attended, and last that blocks are not."""
    own = [bool(needs) for needs in needs_of(index)]
    for named in _named(index):
        own[named.request] = True
    return np.array([*own, False], dtype=bool)


def calls(index: Index, rows: Rows) -> Calls:
    """Return who could fill the places of the sessions among the rows.

    Places of sessions that nobody can fill have no entry; `unfilled` tells these rows.
    """
    numbers = np.flatnonzero(needing(index, rows))
    part, found, place = rows.take(numbers), list[tuple[Ints, int, int, int]](), 0
    for request, free, pinned in _sorted_out(index, part):
        for named, then in pinned:
            # Whoever is named attends it, whatever for.
            for attendant in named.attendants:
                found.append((numbers[then], place, 1, attendant))
                place += 1
        for skill, count in needs_of(index)[request].items():
            for attendant, person in enumerate(index.problem.attendants):
                if skill in person.skills:
                    there = free & present(index, attendant, part)
                    found.append((numbers[there], place, count, attendant))
            place += 1
    return _joined(found, len(rows))


def _sorted_out(index: Index, rows: Rows) -> Iterator[tuple[int, Bools, list[tuple[_Named, Bools]]]]:
    """Yield by request which rows are open to any attendants, and which are sessions that name theirs."""
    for request in np.unique(rows.request).tolist():
        mine = rows.request == request
        pinned = [
            (named, mine & (rows.start == named.start) & (rows.clinician == named.clinician))
            for named in _named(index)
            if named.request == request
        ]
        free = mine.copy()
        for _, then in pinned:
            free &= ~then
        yield request, free, pinned


def _joined(found: list[tuple[Ints, int, int, int]], size: int) -> Calls:
    lengths = [len(entry[0]) for entry in found]
    nothing = np.zeros(0, dtype=np.int64)
    rows = np.concatenate([nothing, *(entry[0] for entry in found)])
    place, count, attendant = (
        np.repeat(np.array([entry[column] for entry in found], dtype=np.int64), lengths)
        for column in (1, 2, 3)
    )
    return Calls(rows, place * max(1, size) + rows, count, attendant)


def unfilled(index: Index, rows: Rows) -> Bools:
    """Return which rows are sessions that cannot have their attendants, whatever else is planned."""
    found = np.zeros(len(rows), dtype=bool)
    numbers = np.flatnonzero(needing(index, rows))
    if not len(numbers):
        return found
    part = rows.take(numbers)
    people = [present(index, n, part) for n in range(len(index.problem.attendants))]
    bad = np.zeros(len(numbers), dtype=bool)
    for request, free, pinned in _sorted_out(index, part):
        for named, then in pinned:
            for attendant in named.attendants:
                bad |= then & ~people[attendant]
            if not _serves(index, request, named.attendants):
                bad |= then
        bad |= free & ~_enough(index, request, people)
    found[numbers[bad]] = True
    return found


def _enough(index: Index, request: int, people: list[Bools]) -> Bools:
    """Return at which rows enough are there for the places of a request, each skill by itself and all."""
    enough: Bools = np.ones(len(people[0]) if people else 1, dtype=bool)
    needs = needs_of(index)[request]
    skilled = [{*person.skills} for person in index.problem.attendants]
    for wanted in ([{skill} for skill in needs] + [set(needs)]) if needs else ():
        there = np.zeros(len(enough), dtype=np.int64)
        for number, skills in enumerate(skilled):
            if skills & wanted:
                there += people[number]
        enough = enough & (there >= sum(needs[skill] for skill in wanted))
    return enough


def _serves(index: Index, request: int, attendants: tuple[int, ...]) -> bool:
    """Return whether some attendants fill all places of a request, nobody two of them."""
    people = [index.problem.attendants[number] for number in attendants]
    return filled(needs_of(index)[request], people) is not None


def _named(index: Index) -> list[_Named]:
    """Return the pinned sessions whose attendants are named."""

    def make() -> list[_Named]:
        number = {person.id: n for n, person in enumerate(index.problem.attendants)}
        found = []
        for pin in index.problem.pinned_appointments:
            if pin.attendants and pin.request in index.request_number:
                who = tuple(number[code] for code in pin.attendants)
                clinician = index.clinician_number[pin.clinician]
                found.append(
                    _Named(index.request_number[pin.request], index.minute(pin.start), clinician, who)
                )
        for held in index.problem.pinned_groups:
            if held.attendants:
                who = tuple(number[code] for code in held.attendants)
                lead = min(index.clinician_number[code] for code in held.clinicians)
                item = len(index.requests) + index.group_number[held.group]
                found.append(_Named(item, index.minute(held.start), lead, who))
        return found

    return index.once("named attendants", make)


def present(index: Index, attendant: int, rows: Rows) -> Bools:
    """Return during which sessions among the rows an attendant is there, as far as hours and place go."""
    found = np.zeros(len(rows), dtype=bool)
    person = index.problem.attendants[attendant]
    remote = rows.mode != _IN_PERSON
    if person.telehealth:
        found |= remote & _inside(rows, _spans(index, attendant, None))
    for site in np.unique(rows.site[~remote]).tolist():
        here = ~remote & (rows.site == site)
        found |= here & _inside(rows, _spans(index, attendant, site))
    return found


def _inside(rows: Rows, spans: list[tuple[int, int]]) -> Bools:
    found = np.zeros(len(rows), dtype=bool)
    for start, end in spans:
        found |= (rows.start >= start) & (rows.end <= end)
    return found


def _spans(index: Index, attendant: int, site: int | None) -> list[tuple[int, int]]:
    """Return when an attendant can be at a site (-1: not named), or with ``None`` by telehealth."""
    known: dict[tuple[int, int | None], list[tuple[int, int]]] = index.once("attendants' spans", dict)
    if (attendant, site) not in known:
        known[attendant, site] = _spans_of(index, attendant, site)
    return known[attendant, site]


def _spans_of(index: Index, attendant: int, site: int | None) -> list[tuple[int, int]]:
    person, first = index.problem.attendants[attendant], index.weekday(0)
    sites = {index.site_number[code] for code in person.sites}
    held = np.zeros(DAYS * DAY + 1, dtype=bool)
    for period in person.working:
        date = (period.day.number - first) % DAYS
        named = None if period.site is None else index.site_number[period.site]
        if date in index.closed:
            continue
        if site is not None:
            if period.telehealth_only or named in index.remote_sites or named not in (None, site):
                continue
            if named is None and sites and site >= 0 and site not in sites:
                continue
        held[date * DAY + period.start : date * DAY + period.end] = True
    edges = np.flatnonzero(np.diff(np.pad(held[:-1].astype(np.int8), 1))).tolist()
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    return cut(spans, [(index.minute(off.start), index.minute(off.end)) for off in person.leave])


def at_work(index: Index, attendant: int) -> Bools:
    """Return by grid step whether an attendant is at work in some minute of it, wherever and however."""

    def make() -> dict[int, Bools]:
        return {n: _steps_at_work(index, n) for n in range(len(index.problem.attendants))}

    return index.once("attendants at work", make)[attendant]


def _steps_at_work(index: Index, attendant: int) -> Bools:
    found = np.zeros(index.slots, dtype=bool)
    for site in (None, -1, *index.site_number.values()):
        for start, end in _spans(index, attendant, site):
            found[start // index.grid : -(-end // index.grid)] = True
    return found


def stated_ways(index: Index) -> Ints:
    """Return the minutes from each site to each other, 0 where neither way is stated."""

    def make() -> Ints:
        found = np.zeros((len(index.site_number), len(index.site_number)), dtype=np.int64)
        stated: dict[tuple[int, int], int] = {}
        for way in index.problem.travel:
            ends = index.site_number[way.origin], index.site_number[way.destination]
            stated.setdefault(ends, way.minutes)
        for (origin, destination), minutes in stated.items():
            found[origin, destination] = minutes
            if (destination, origin) not in stated:
                found[destination, origin] = minutes
        np.fill_diagonal(found, 0)
        return found

    return index.once("ways of attendants", make)
