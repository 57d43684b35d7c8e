"""A made-up team with given assumptions, which asks for just what its capacity promises: to be planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Any

from safeschedule.arguments import Arguments
from safeschedule.caseload.capacity.assumptions import MOST_CLINICIANS, CapacityAssumptions
from safeschedule.caseload.capacity.demands import Demands
from safeschedule.caseload.capacity.weeks import ClinicianWeek, team_weeks
from safeschedule.problem import PRESETS, Problem, Rulebook, RuleSetting, Weekday

START = 9 * 60
MONDAY = date(2026, 10, 5)
LEAST_FTE = 0.05
"""As of a `Clinician`."""


@dataclass(frozen=True)
class CapacityTeam:
    """A team, and what its capacity promises.

    Parameters
    ----------
    problem
        Its week; it asks for the promised sessions and no others.
    promised
        Sessions of the week.
    """

    problem: Problem
    promised: int


def capacity_team(
    assumptions: CapacityAssumptions,
    ftes: Sequence[float] | None = None,
    rulebook: Rulebook | None = None,
    *,
    more: int = 0,
) -> CapacityTeam:
    """Return a team with these assumptions that asks for the sessions which `capacity_of` promises.

    To plan it is the proof of the sum: `solve` has to place what was promised, with all rules kept.

    Parameters
    ----------
    ftes
        One for each clinician; ``None``: as many as the assumptions say, at full time.
    rulebook
        The rules; ``None``: those of the preset.
    more
        So many sessions more for each clinician than are promised, to see how tight the promise is.

    Raises
    ------
    ArgumentError
        An argument makes no sense; with all faults.

    Examples
    --------
    >>> from safeschedule import CapacityAssumptions, capacity_team
    >>> team = capacity_team(CapacityAssumptions(), [1.0, 0.6])
    >>> sum(request.count for request in team.problem.requests) == team.promised
    True
    """
    looked = Arguments("capacity_team").kind(
        "assumptions", assumptions, CapacityAssumptions, "CapacityAssumptions"
    )
    if ftes is not None:
        _look_at_ftes(looked, ftes)
    looked.kind("rulebook", rulebook, (Rulebook, type(None)), "a Rulebook, or None")
    looked.whole("more", more, 0, 50).done()
    shares = [1.0] * assumptions.clinicians if ftes is None else list(ftes)
    demands = Demands(assumptions, rulebook or PRESETS[assumptions.preset])
    weeks = team_weeks(demands, shares)
    made = _Team(demands, weeks, more)
    return CapacityTeam(made.problem(), sum(made.sessions))


def _look_at_ftes(looked: Arguments, ftes: object) -> None:
    """Look whether it is a list of what clinicians can have, for a team as large as assumptions allow."""
    expected = f"a full-time equivalent: {LEAST_FTE} to 1"
    looked.sequence("ftes", ftes, (int, float), expected)
    if not isinstance(ftes, Sequence) or isinstance(ftes, str | bytes):
        return  # that is told already
    if not ftes:
        looked.fault("missing_argument", "ftes", None, "at least one, or None")
    if len(ftes) > MOST_CLINICIANS:
        looked.fault("out_of_range", "ftes", len(ftes), f"at most {MOST_CLINICIANS} of them")
    for number, fte in enumerate(ftes):
        if isinstance(fte, int | float) and not isinstance(fte, bool) and not LEAST_FTE <= fte <= 1:
            code = "out_of_range" if isfinite(fte) else "not_finite"
            looked.fault(code, f"ftes[{number}]", fte, expected)


class _Team:
    """The team while it is made."""

    def __init__(self, demands: Demands, weeks: list[ClinicianWeek], more: int) -> None:
        self.demands, self.weeks, self.more = demands, weeks, more
        self.leads = demands.supervisors(len(weeks))
        self.clients: list[dict[str, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.sessions = list(_whole([week.sessions for week in weeks]))

    def problem(self) -> Problem:
        """Return the week."""
        given = self.demands.given
        people = [self._clinician(number, week) for number, week in enumerate(self.weeks)]
        for number, week in enumerate(self.weeks):
            self._caseload(people[number]["id"], week, self.sessions[number] + self.more)
        day = MONDAY + timedelta(days=min(2, given.days - 1))
        there = [
            person["id"]
            for person in people
            if any(period["day"] == Weekday.of(day).value for period in person["working"])
        ]
        meeting = {
            "id": "team meeting",
            "start": f"{day}T09:00",
            "minutes": given.meeting_minutes,
            "weekly": True,
        }
        return Problem.model_validate(
            {
                "name": "capacity",
                "week_start": MONDAY,
                "grid": 15,
                "clinicians": people,
                "clients": self.clients,
                "session_types": list(self._types()),
                "requests": self.requests,
                "meetings": [meeting | {"clinicians": there}] if given.meeting_minutes and there else [],
                "rulebook": self._book().model_dump(mode="json"),
            }
        )

    def _clinician(self, number: int, week: ClinicianWeek) -> dict[str, Any]:
        given, code = self.demands.given, f"C{number + 1:02d}"
        # Those at part time work on other days, but all on the day of the meeting.
        first = number % (given.days - week.days + 1)
        end = START + int(self.demands.paid + self.demands.meal)
        weekdays = list(Weekday)[first : first + week.days]
        lead = number < self.leads
        boss = (number + 1) % self.leads if lead else number % self.leads
        return {
            "id": code,
            "fte": week.fte,
            "working": [{"day": day.value, "start": _clock(START), "end": _clock(end)} for day in weekdays],
            "contracted_minutes": int(self.demands.paid) * week.days,
            "is_supervisor": lead,
            "supervisor": None if boss == number else f"C{boss + 1:02d}",
            "teams": ["team"],
        }

    def _caseload(self, owner: str, week: ClinicianWeek, total: int) -> None:
        """Add the clients of a caseload, and their requests; some of them have none this week."""
        given = self.demands.given
        regular = max(0, total - week.intakes)
        # Who is seen more than once a week has several sessions; a caseload is never smaller than one.
        size = max(1, week.clients if given.weeks_between_sessions < 1 else max(week.clients, regular))
        marks = {
            "high": _spread(float(given.high_acuity_share), size),
            "trauma": _spread(float(given.trauma_share), size),
            "coordination": _spread(float(given.coordination_share), week.clients),
        }
        for number in range(size):
            code = f"{owner} K{number + 1:02d}"
            high = marks["high"][number]
            flags = ["coordination"] if number < week.clients and marks["coordination"][number] else []
            self.clients.append(
                {"id": code, "clinician": owner, "band": "high" if high else "moderate", "flags": flags}
            )
            count = regular // size + (number < regular % size)
            kind = "trauma" if marks["trauma"][number] else "intense" if high else "talk"
            if count:
                self._ask(code, kind, count)
        for number in range(week.intakes):
            code = f"{owner} N{number + 1:02d}"
            self.clients.append({"id": code, "clinician": owner, "band": "moderate"})
            self._ask(code, "intake", 1)

    def _ask(self, client: str, kind: str, count: int) -> None:
        asked = {"id": f"R {client}", "client": client, "session_type": kind, "count": count}
        self.requests.append(asked | {"mode": "either"})

    def _types(self) -> Iterator[dict[str, Any]]:
        given, notes = self.demands.given, self.demands.notes
        own = {"documentation_minutes": notes} if notes else {}
        yield {"id": "talk", "minutes": given.session_minutes, **own}
        yield {"id": "intense", "minutes": given.session_minutes, "intensity": "high", **own}
        processing = {"intensity": "high", "trauma_processing": True}
        yield {"id": "trauma", "minutes": given.session_minutes, **processing, **own}
        extra = self.demands.minutes("documentation", "intake")
        yield {
            "id": "intake",
            "minutes": given.intake_minutes,
            "kind": "intake",
            "documentation_minutes": extra + notes,
        }

    def _book(self) -> Rulebook:
        """Return the rules, with what the assumptions say otherwise."""
        given, book = self.demands.given, self.demands.book
        said: dict[str, RuleSetting] = {}
        if given.consultation_minutes:
            said["consultation"] = _with(book, "consultation", minutes=given.consultation_minutes)
        if given.coordination_minutes is not None:
            clients = round(float(given.coordination_share) * self.weeks[0].clients)
            each = given.coordination_minutes // clients if clients else 0
            said["coordination"] = _with(book, "coordination", per_client=each)
        return book.with_settings(said)


def _with(book: Rulebook, rule: str, **parameters: int) -> RuleSetting:
    own = book.rules.get(rule, RuleSetting())
    return own.model_copy(update={"parameters": {**own.parameters, **parameters}})


def _whole(shares: Sequence[float]) -> Iterator[int]:
    """Yield whole numbers that add up to the sum of shares, rounded down."""
    before = 0.0
    for share in shares:
        yield int(before + share + 1e-9) - int(before + 1e-9)
        before += share


def _spread(share: float, size: int) -> list[bool]:
    """Return who of so many has a mark: that share of them, evenly spread."""
    return [round(share * (number + 1)) > round(share * number) for number in range(size)]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
