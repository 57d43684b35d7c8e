"""Who could have a client as well: skills, languages, mode, place and times of what the client asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from safeschedule.caseload.panels import CaseloadFacts
from safeschedule.problem import AllowedMode, Clinician, Request, Window
from safeschedule.verifier.hours import weekday_number
from safeschedule.verifier.intervals import Interval, merged
from safeschedule.verifier.stand_ins import due_for


@dataclass(frozen=True)
class AskedOf:
    """What one request asks of whoever gives its sessions; two that ask the same are equal."""

    skills: frozenset[str]
    mode: AllowedMode
    site: str | None
    minutes: int
    windows: tuple[tuple[Interval, ...], ...]


class Suiting:
    """Who could take whom, as far as the problem tells.

    A client is taken to need what the requests of the week, and those that are known for later, ask of the
    own clinician: their skills (languages are skills), a mode and a site, and working hours in which a
    session fits the windows. Leave is left aside, because a transfer lasts; but who has no working time in
    the week takes nobody.
    """

    def __init__(self, facts: CaseloadFacts) -> None:
        self._facts, self._week = facts, facts.week
        self._team = [p for p in facts.problem.clinicians if facts.carried[p.id].works]
        self._asked: dict[str, list[Request]] = {}
        for request in (*facts.problem.requests, *facts.problem.upcoming):
            if request.group is None:
                self._asked.setdefault(request.client, []).append(request)
        self._able = cache(self._those_able)
        self._everyone = frozenset(person.id for person in self._team)

    def asked(self, client: str) -> list[Request]:
        """Return the week's requests of a client that name nobody and no group: they go with the client."""
        this_week = self._week.requests
        return [r for r in self._asked.get(client, ()) if r.clinician is None and r.id in this_week]

    def requests(self, client: str) -> list[Request]:
        """Return the requests of a client, also later ones, that are the own clinician's to meet."""
        own = self._week.clients[client].clinician
        found = []
        for request in self._asked.get(client, ()):
            due = due_for(self._week, request, self._week.types.get(request.session_type))
            if due is not None and due.id == own:
                found.append(request)
        return found

    def skills(self, client: str) -> tuple[str, ...]:
        """Return the skills that the own clinician needs for a client."""
        found: set[str] = set()
        for request in self.requests(client):
            found.update(request.skills, self._week.types[request.session_type].skills)
        return tuple(sorted(found))

    def takers(self, client: str) -> frozenset[str]:
        """Return who could have the client, whatever they carry."""
        able = self._everyone
        for asked in {self._of(request) for request in self.requests(client)}:
            able &= self._able(asked)
        return able

    def _of(self, request: Request) -> AskedOf:
        kind, client = self._week.types[request.session_type], self._week.clients[request.client]
        both = tuple(_spans(windows) for windows in (client.windows, request.windows) if windows)
        skills = frozenset({*request.skills, *kind.skills})
        return AskedOf(skills, request.mode, request.site, kind.minutes, both)

    def _those_able(self, asked: AskedOf) -> frozenset[str]:
        return frozenset(person.id for person in self._team if self._can(person, asked))

    def _can(self, person: Clinician, asked: AskedOf) -> bool:
        if not asked.skills <= set(person.skills):
            return False
        return any(self._holds(piece, asked) for piece in self._pieces(person, asked))

    def _pieces(self, person: Clinician, asked: AskedOf) -> Iterator[Interval]:
        """Yield the working periods of a week in which a session could be, in person or by telehealth."""
        remote = asked.mode is not AllowedMode.IN_PERSON and person.telehealth
        for period in person.working:
            seen = asked.mode is not AllowedMode.TELEHEALTH and not period.telehealth_only
            if remote or (seen and self._at(person, period.site, asked.site)):
                first = weekday_number(period.day) * 1440
                yield first + period.start, first + period.end

    @staticmethod
    def _at(person: Clinician, period: str | None, site: str | None) -> bool:
        if site is None:
            return True
        return period == site if period is not None else not person.sites or site in person.sites

    def _holds(self, piece: Interval, asked: AskedOf) -> bool:
        pieces = [piece]
        for windows in asked.windows:
            pieces = [(max(a, c), min(b, d)) for a, b in pieces for c, d in windows if a < d and c < b]
        grid = self._facts.problem.session_grid
        return any(-(-start // grid) * grid + asked.minutes <= end for start, end in pieces)


def _spans(windows: Iterable[Window]) -> tuple[Interval, ...]:
    found = ((weekday_number(w.day) * 1440 + w.start, weekday_number(w.day) * 1440 + w.end) for w in windows)
    return tuple(merged(found))
