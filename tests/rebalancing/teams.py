"""Small teams in which somebody carries too much, and all their transfers written out one by one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import strategies as st

from safeschedule.problem import Problem
from tests.caseload.team import BANDS, HOURS

MORNINGS = [{"day": "mon", "start": "09:00", "end": "12:00"}]
AFTERNOONS = [{"day": "mon", "start": "13:00", "end": "17:00"}]

Assigned = tuple[str, ...]
"""The clinician of each client, in the order of the problem."""

ODDS = st.integers(0, 9)


@st.composite
def teams(draw: st.DrawFn) -> Problem:
    """Draw three clinicians or so and a few clients, with skills, times, pins and history."""
    people = [f"C{number}" for number in range(draw(st.integers(2, 3)))]
    clinicians = [
        {
            "id": code,
            "working": draw(st.sampled_from([HOURS, MORNINGS, AFTERNOONS])),
            "skills": draw(st.sampled_from([[], ["emdr"], ["emdr", "spanish"]])),
            "telehealth": draw(st.booleans()),
            "caseload_cap": draw(st.integers(2, 14)),
            "high_acuity_cap": draw(st.integers(0, 4)),
            "weekly_sessions": draw(st.integers(1, 8)),
            "is_supervisor": True,
        }
        for code in people
    ]
    if draw(ODDS) == 0:
        clinicians[-1]["leave"] = [{"start": "2026-10-01T00:00", "end": "2026-10-20T00:00"}]
    clients, requests, history = [], [], []
    for number in range(draw(st.integers(2, 6))):
        code, own = f"K{number}", draw(st.sampled_from(people))
        band = draw(st.sampled_from(["low", "moderate", "high", "very_high"]))
        flags = draw(st.sampled_from([[], [], ["trauma_processing"], ["coordination"]]))
        windows = draw(st.sampled_from([[], [], MORNINGS, AFTERNOONS]))
        clients.append({"id": code, "clinician": own, "band": band, "flags": flags, "windows": windows})
        kind = draw(ODDS)
        if kind < 6:
            request = {"id": f"R{number}", "client": code, "session_type": "talk"}
            request["skills"] = draw(st.sampled_from([[], [], ["emdr"], ["spanish"]]))
            request["mode"] = draw(st.sampled_from(["in_person", "telehealth", "either"]))
            request["count"] = draw(st.integers(1, 2))
            if kind == 0:
                request["clinician"] = draw(st.sampled_from(people))
            requests.append(request)
        if draw(st.booleans()):
            day = draw(st.sampled_from(["2026-09-01", "2026-09-28", "2026-10-02"]))
            who = draw(st.sampled_from([own, own, people[0]]))
            history.append({"client": code, "clinician": who, "start": f"{day}T10:00", "minutes": 60})
    return Problem.model_validate(
        {
            "week_start": "2026-10-05",
            "clinicians": clinicians,
            "clients": clients,
            "session_types": [{"id": "talk", "minutes": 60}],
            "requests": requests,
            "bands": BANDS,
            "history": {"appointments": history},
        }
    )


class Enumerated:
    """Every way to give the clients to clinicians, judged from the rules' words and nothing else."""

    def __init__(self, problem: Problem, spread: Fraction) -> None:
        self.problem, self.spread = problem, spread
        self.people = {person.id: person for person in problem.clinicians}
        self.today = tuple(client.clinician or "" for client in problem.clients)
        total = sum(self.points(c) for c in problem.clients)
        caps = sum(int(100 * p.caseload_cap) for p in problem.clinicians if p.caseload_cap is not None)
        self.share = Fraction(total, caps) if caps else None
        self.requests = {request.client: request for request in problem.requests}
        self.weighs = {client.id: self.points(client) for client in problem.clients}
        self.excess_today = {code: self.excess(code, self.today) for code in self.people}
        self.weeks = self._weeks()

    def points(self, client: Any) -> int:
        """Return the points of a client, in hundredths."""
        band = next(band for band in BANDS if band["id"] == client.band)
        return 100 * (
            int(band["points"]) + ("coordination" in client.flags) + ("safety_planning" in client.flags)
        )

    def is_high(self, client: Any) -> bool:
        return client.band in ("high", "very_high")

    def request(self, client: Any) -> Any:
        return self.requests.get(client.id)

    def may(self, client: Any, code: str) -> bool:
        """Return whether a client may be with somebody."""
        request, person, own = self.request(client), self.people[code], self.people[client.clinician]
        if code == client.clinician:
            return True
        if person.leave or (request is not None and request.clinician == own.id):
            return False
        if request is None or request.clinician is not None or not set(request.skills) <= set(own.skills):
            return True
        if not set(request.skills) <= set(person.skills):
            return False
        if request.mode == "telehealth" and not person.telehealth:
            return False
        return any(
            max(period.start, window.start if window else 0) + 60
            <= min(period.end, window.end if window else 1440)
            for period in person.working
            for window in client.windows or [None]
            if window is None or window.day == period.day
        )

    def load(self, code: str, assigned: Assigned) -> tuple[int, int, int]:
        """Return points, high-acuity clients and sessions of somebody."""
        points = high = sessions = 0
        for client, who in zip(self.problem.clients, assigned, strict=True):
            request = self.requests.get(client.id)
            if who == code:
                points += self.weighs[client.id]
                high += self.is_high(client)
            if request is not None and (request.clinician or who) == code:
                sessions += request.count
        return points, high, sessions

    def excess(self, code: str, assigned: Assigned) -> tuple[int, int, int]:
        """Return by how much somebody is over the caps of high-acuity clients and points, and the spread."""
        person, (points, high, _) = self.people[code], self.load(code, assigned)
        cap = int(100 * (person.caseload_cap or 0))
        reach = points if self.share is None else int((self.share + self.spread) * cap)
        return max(0, high - (person.high_acuity_cap or 0)), max(0, points - cap), max(0, points - reach)

    def allowed(self, assigned: Assigned) -> bool:
        """Return whether nobody is over anything, or further over than today."""
        for code, person in self.people.items():
            if any(a > b for a, b in zip(self.excess(code, assigned), self.excess_today[code], strict=True)):
                return False
            most = max(person.weekly_sessions or 0, self.load(code, self.today)[2])
            if self.load(code, assigned)[2] > most:
                return False
        return True

    def total(self, assigned: Assigned) -> tuple[int, int, int]:
        """Return the excess of the team."""
        each = [self.excess(code, assigned) for code in self.people]
        return sum(e[0] for e in each), sum(e[1] for e in each), sum(e[2] for e in each)

    def moved(self, assigned: Assigned) -> frozenset[str]:
        """Return who moves."""
        pairs = zip(self.problem.clients, self.today, assigned, strict=True)
        return frozenset(client.id for client, before, after in pairs if before != after)

    def cost(self, assigned: Assigned) -> tuple[int, int, int, int]:
        """Return what transfers cost: clients, high acuity, in processing, weeks."""
        moved = [client for client in self.problem.clients if client.id in self.moved(assigned)]
        high = sum(map(self.is_high, moved))
        processing = sum("trauma_processing" in client.flags for client in moved)
        return len(moved), high, processing, sum(self.weeks[client.id] for client in moved)

    def _weeks(self) -> dict[str, int]:
        """Return for how many weeks, begun ones counted, each client has been with the own clinician."""
        found: dict[str, int] = {}
        for client in self.problem.clients:
            days = [
                (self.problem.week_start - past.start.date()).days
                for past in self.problem.history.appointments
                if past.client == client.id and past.clinician == client.clinician
            ]
            if days:
                found[client.id] = -(-max(days) // 7)
        known = sorted(found.values())
        median = known[len(known) // 2] if known else 0
        return {client.id: found.get(client.id, median) for client in self.problem.clients}

    def ways(self) -> Iterator[Assigned]:
        """Yield every way that is allowed."""
        choices = [[code for code in self.people if self.may(c, code)] for c in self.problem.clients]
        return (assigned for assigned in product(*choices) if self.allowed(assigned))

    def best(self, most: int | None = None) -> tuple[tuple[int, int, int], tuple[int, int, int, int]]:
        """Return the least excess, and the least that transfers cost to reach it."""
        return min(
            (self.total(assigned), self.cost(assigned))
            for assigned in self.ways()
            if most is None or self.cost(assigned)[0] <= most
        )
