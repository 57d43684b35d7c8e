"""What an urgent case is, and made-up ones as requests of a problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import AllowedMode, Client, Intensity, Kind, Problem, Request, SessionType, Window
from safeschedule.problem.clock import DAY, Weekday, moment_at
from safeschedule.problem.showing import did_you_mean, show


class Within(StrEnum):
    """Until when an urgent case has to be seen."""

    HALF_DAY = "half-day"
    DAY = "day"


@dataclass(frozen=True)
class Urgent:
    """What every urgent case needs.

    Parameters
    ----------
    kind
        The session type.
    made_up
        Whether the problem has no such session type.
    skills
        Needed beside those of the session type.
    mode
        In person, or by telehealth, too.
    within
        Until when it has to be seen.
    """

    kind: SessionType
    made_up: bool
    skills: tuple[str, ...] = ()
    mode: AllowedMode = AllowedMode.IN_PERSON
    within: Within = Within.HALF_DAY


@dataclass(frozen=True)
class Arrival:
    """A half-day at whose beginning cases come.

    Parameters
    ----------
    half
        Number of the half-day, 0 to 13.
    day
        Its date.
    begin, until
        Minutes of the week: when they come, and before which minute their sessions have to start.
    """

    half: int
    day: date
    begin: int
    until: int

    @property
    def afternoon(self) -> bool:
        """Whether the half-day is the second of its date."""
        return self.half % 2 == 1

    @property
    def name(self) -> str:
        """The half-day in words, such as "Tuesday morning"."""
        return f"{self.day:%A} {'afternoon' if self.afternoon else 'morning'}"


def arrivals(problem: Problem, within: Within) -> list[Arrival]:
    """Return the half-days of the week (those without any time, as of a midday at midnight, left out)."""
    midday, found = problem.rulebook.midday, []
    for half in range(14):
        number = half // 2
        begin = number * DAY + (midday if half % 2 else 0)
        end = (number + 1) * DAY if half % 2 or within is Within.DAY else number * DAY + midday
        if begin < end:
            found.append(Arrival(half, moment_at(problem.week_start, number * DAY).date(), begin, end))
    return found


def half_end(problem: Problem, arrival: Arrival) -> int:
    """Return the minute of the week at which an arrival's half-day ends, `within` left aside."""
    day = arrival.begin // DAY * DAY
    return day + DAY if arrival.afternoon else day + problem.rulebook.midday


def urgent_of(
    problem: Problem, session_type: str | None, skills: Sequence[str], *, telehealth: bool, within: Within
) -> Urgent:
    """Return what every urgent case needs.

    Without a session type it is the longest of the problem's crisis types; without any, one as long as the
    rulebook's urgent slots, of high intensity, for which no room is planned.

    Raises
    ------
    InputError
        The session type is unknown, or takes several people.
    """
    mode = AllowedMode.EITHER if telehealth else AllowedMode.IN_PERSON
    if session_type is None:
        crises = [kind for kind in problem.session_types if kind.kind is Kind.CRISIS and _for_one(kind)]
        if crises:
            return Urgent(max(crises, key=lambda kind: kind.minutes), False, tuple(skills), mode, within)
        return Urgent(_made_up(problem), True, tuple(skills), mode, within)
    found = problem.by_code.session_types.get(session_type)
    if found is None or not _for_one(found):
        one = [kind.id for kind in problem.session_types if _for_one(kind)]
        expected = "a session type of one client and one clinician, without attendants: "
        expected += ", ".join(one) or "there is none"
        expected += did_you_mean(session_type, one)
        raise ArgumentError(
            "stress", [Fault("unknown_reference", "session_type", show(session_type), expected)]
        )
    return Urgent(found, False, tuple(skills), mode, within)


def _for_one(kind: SessionType) -> bool:
    # Whether an attendant could come at once is not asked; nobody speaks every language.
    alone = kind.smallest == 1 and kind.facilitators == 1 and not kind.needs_attendants
    return kind.kind is not Kind.GROUP and alone


def _made_up(problem: Problem) -> SessionType:
    slot = problem.rulebook.setting("urgent_slots").whole("minutes")
    minutes = -(-slot // problem.grid) * problem.grid
    code = unused("urgent", (kind.id for kind in problem.session_types))
    return SessionType(id=code, minutes=minutes, kind=Kind.CRISIS, intensity=Intensity.HIGH)


def unused(code: str, taken: Iterable[str]) -> str:
    """Return a code that is the beginning of no other."""
    known = tuple(taken)
    while any(other.startswith(code) for other in known):
        code = f"{code}*"
    return code


def with_cases(problem: Problem, urgent: Urgent, wanted: Sequence[tuple[Arrival, int]]) -> Problem:
    """Return the problem with so many made-up clients and requests for each half-day, after its own ones.

    A made-up client is on no caseload, weighs no points and has the lowest band.
    """
    taken = [entry.id for entries in (problem.clients, problem.requests) for entry in entries]
    name = unused("urgent", taken)
    band = min(problem.bands, key=lambda band: (band.high_acuity, band.rank)).id
    clients: list[Client] = []
    requests: list[Request] = []
    for arrival, count in wanted:
        for _ in range(count):
            code = f"{name} {len(requests) + 1}"
            clients.append(Client(id=code, band=band, points=Decimal(0)))
            requests.append(_request(problem, urgent, arrival, code))
    kinds = (*problem.session_types, urgent.kind) if urgent.made_up else problem.session_types
    return problem.model_copy(
        update={
            "session_types": kinds,
            "clients": (*problem.clients, *clients),
            "requests": (*problem.requests, *requests),
        }
    )


def _request(problem: Problem, urgent: Urgent, arrival: Arrival, code: str) -> Request:
    low = arrival.begin % DAY
    # A window holds the whole session; what starts before midday may end after it.
    last = (arrival.until - 1) // problem.grid * problem.grid
    high = min(last - arrival.begin // DAY * DAY + urgent.kind.minutes, DAY)
    return Request(
        id=code,
        client=code,
        session_type=urgent.kind.id,
        priority=5,
        skills=urgent.skills,
        mode=urgent.mode,
        windows=(Window(day=Weekday.of(arrival.day), start=low, end=high),),
        earliest=arrival.day,
        latest=arrival.day,
    )
