"""What caps say of each clinician, worked out once: whoever asks about a panel asks here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from safeschedule.problem import AcuityBand, Client, Clinician, Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier.caseload import at_fte, clients_cap, hundredths, points_cap
from safeschedule.verifier.intervals import merged, without
from safeschedule.verifier.week import Week


@dataclass(frozen=True)
class Carried:
    """What a clinician carries and may carry; points in hundredths, ``None`` where no rule sets a cap.

    Parameters
    ----------
    clients
        The caseload, with clients who are new by the schedule.
    points, cap
        Weighted points (TC), and the cap of the rule ``caseload_cap``.
    high, high_cap
        Clients of high-acuity bands, and the cap of the rule ``high_acuity_cap``.
    sessions, limit
        Sessions that are asked for in the week, and the weekly limit of the rule ``session_limits``.
    works
        Whether there is working time free of leave in the week.
    """

    clients: tuple[str, ...]
    points: int
    cap: int | None
    high: int
    high_cap: int | None
    sessions: int
    limit: int | None
    works: bool


class CaseloadFacts:
    """The facts of one problem, with those of a schedule where there is one.

    Clients who have no own clinician yet and a session of their own in the schedule belong to its
    clinician, as in the rules.
    """

    def __init__(self, problem: Problem, schedule: Schedule | None = None) -> None:
        empty = Schedule(week_start=problem.week_start, time_zone=problem.time_zone)
        self.problem = problem
        self.schedule = schedule
        self.week = Week(problem, empty if schedule is None else schedule)
        self.bands = tuple(sorted(problem.bands, key=lambda band: band.rank))

    @cached_property
    def carried(self) -> Mapping[str, Carried]:
        """What each clinician carries, by code."""
        return {person.id: self._carried(person) for person in self.problem.clinicians}

    @cached_property
    def waiting(self) -> tuple[Client, ...]:
        """Clients of nobody's caseload, who have waited longest first."""
        taken = {code for carried in self.carried.values() for code in carried.clients}
        left = (client for client in self.problem.clients if client.id not in taken)
        return tuple(sorted(left, key=lambda c: (c.waiting_since is None, str(c.waiting_since), c.id)))

    def weight(self, clients: Iterable[str]) -> int:
        """Return the points of clients together, in hundredths."""
        return self.week.caseload.points(list(clients))

    def is_high(self, client: str) -> bool:
        """Return whether a client's band is marked high acuity."""
        return bool(self.week.caseload.high_acuity([client]))

    def cap(self, person: Clinician) -> int | None:
        """Return the cap of somebody's points, in hundredths."""
        setting = self.week.settings["caseload_cap"]
        return points_cap(person, setting) if setting.enabled else None

    def high_cap(self, person: Clinician) -> int | None:
        """Return the cap of somebody's high-acuity clients."""
        setting = self.week.settings["high_acuity_cap"]
        return clients_cap(person, setting) if setting.enabled else None

    def open_minutes(self, person: str) -> int | None:
        """Return working minutes of the week in which nothing stands; ``None`` without a schedule."""
        if self.schedule is None:
            return None
        taken = merged((a.start, a.end) for a in self.week.activities(person))
        ahead = self.week.hours[person].ahead()
        return sum(b - a for start, end in ahead for a, b in without(start, end, taken))

    def _carried(self, person: Clinician) -> Carried:
        clients = (*self.week.caseload.own(person.id), *self.week.caseload.new(person.id))
        setting = self.week.settings["session_limits"]
        weekly = person.weekly_sessions
        if weekly is None:
            weekly = int(at_fte(setting.whole("week"), person))
        return Carried(
            clients=clients,
            points=self.weight(clients),
            cap=self.cap(person),
            high=sum(map(self.is_high, clients)),
            high_cap=self.high_cap(person),
            sessions=self._asked.get(person.id, 0),
            limit=weekly if setting.enabled else None,
            works=self.week.hours[person.id].works(),
        )

    @cached_property
    def _asked(self) -> Mapping[str, int]:
        """Sessions asked for, by the clinician who is named or whose client it is; groups are left out."""
        found: dict[str, int] = {}
        for request in self.problem.requests:
            code = request.clinician or self.week.clients[request.client].clinician
            if request.group is None and code is not None:
                found[code] = found.get(code, 0) + request.count
        return found


def band_points(band: AcuityBand) -> int:
    """Return what a client of a band weighs without flags, in hundredths."""
    return hundredths(band.points)
