"""What is left out of a week, by the harm that waiting does, and what a coordinator can do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from safeschedule.caseload.contacts import last_contacts
from safeschedule.caseload.urgency import urgent_requests
from safeschedule.problem import BlockKind, Client, Clinician, Problem, Request, SessionType
from safeschedule.problem.clock import DAY, minutes_after
from safeschedule.reports.words import clock, count, short_date, spaced
from safeschedule.schedule import Appointment, Block, LeftOut, LeftOutKind, Schedule

_SLOTS = 2
"""Urgent slots that are named for one request; more would be a list to read instead of a next step."""


@dataclass(frozen=True)
class Unplaced:
    """One request with sessions left out.

    Parameters
    ----------
    entry
        As it stands in the schedule.
    client, band, own
        Client code, acuity band and own clinician; empty where there is none.
    flags
        What weighs on the work with the client, in words.
    session_type
        The session type.
    priority
        Of the request; ``None`` for a request that the problem does not have.
    urgent
        Whether the request counts as urgent (see `safeschedule.caseload.urgency`).
    since
        How long the client has been overdue or waiting, and when the client is seen this week, in words.
    why
        The reason, or the rules' titles where there is none.
    next_step
        What a coordinator can do about it.
    """

    entry: LeftOut
    client: str
    band: str
    own: str
    flags: tuple[str, ...]
    session_type: str
    priority: int | None
    urgent: bool
    since: str
    why: str
    next_step: str


def unplaced(
    problem: Problem, schedule: Schedule, left_out: Sequence[LeftOut] | None = None
) -> tuple[Unplaced, ...]:
    """Return what is left out, the most harmful first.

    Urgent requests come first; of equally urgent ones those of clients whom nobody sees this week; then
    higher bands, the days overdue, the days waiting and the priority.

    Parameters
    ----------
    left_out
        What is told of; by default all that the schedule leaves out.
    """
    week = _Week(problem, schedule)
    entries = schedule.left_out if left_out is None else left_out
    return tuple(week.line(entry) for entry in sorted(entries, key=week.harm))


class _Week:
    """The facts that order and words need, looked up once."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.requests = problem.by_code.requests
        self.clients = problem.by_code.clients
        self.clinicians = problem.by_code.clinicians
        self.types = problem.by_code.session_types
        self.bands = problem.by_code.bands
        self.contacts = last_contacts(problem)
        self.urgent = urgent_requests(problem)
        self.seen: dict[str, Appointment] = {}
        for session in sorted(schedule.appointments, key=lambda session: session.start):
            for code in session.clients:
                self.seen.setdefault(code, session)
        self.titles = {name: setting.rule.title for name, setting in problem.rulebook.settings().items()}
        self.slots = sorted(
            (block for block in schedule.blocks if block.kind is BlockKind.URGENT_SLOT),
            key=lambda block: (block.start, block.clinicians),
        )

    def harm(self, entry: LeftOut) -> tuple[object, ...]:
        request = self.requests.get(entry.request)
        if request is None:
            return (True, True, 0, 0, 0, 0, entry.request)
        client = self.clients.get(request.client)
        band = self.bands.get(client.band) if client else None
        return (
            request.id not in self.urgent,
            request.client in self.seen,
            -(band.rank if band else 0),
            -self.overdue(client),
            -self.waiting(client),
            -request.priority,
            request.id,
        )

    def overdue(self, client: Client | None) -> int:
        """Return the days from the contact due to the week's first date; 0 when none is overdue."""
        band = self.bands.get(client.band) if client else None
        if client is None or band is None or client.id not in self.contacts:
            return 0
        due = self.contacts[client.id] + timedelta(days=band.contact_days)
        return max(0, (self.problem.week_start - due).days)

    def waiting(self, client: Client | None) -> int:
        """Return the days since the client began to wait; 0 when nobody waits."""
        if client is None or client.waiting_since is None:
            return 0
        return max(0, (self.problem.week_start - client.waiting_since).days)

    def line(self, entry: LeftOut) -> Unplaced:
        request = self.requests.get(entry.request)
        client = self.clients.get(request.client) if request else None
        overdue, waiting = self.overdue(client), self.waiting(client)
        since = [f"overdue by {count(overdue, 'day')}"] if overdue else []
        since += [f"waiting for {count(waiting, 'day')}"] if waiting else []
        seen = self.seen.get(client.id) if client else None
        since += [f"seen {short_date(seen.start.date())} {clock(seen.start)}"] if seen else []
        return Unplaced(
            entry=entry,
            client=request.client if request else "",
            band=spaced(client.band) if client else "",
            own=(client.clinician or "") if client else "",
            flags=tuple(spaced(flag) for flag in client.flags) if client else (),
            session_type=request.session_type if request else "",
            priority=request.priority if request else None,
            urgent=entry.request in self.urgent,
            since=", ".join(since),
            why=entry.reason or "; ".join(self.titles.get(name, name) for name in entry.rules),
            next_step=self.next_step(entry, request, client) if request else "",
        )

    def next_step(self, entry: LeftOut, request: Request, client: Client | None) -> str:
        """Return one thing to do, the safest first."""
        if request.id in self.urgent:
            slots = self._slots_for(request, client)
            if slots:
                return f"Ask whether an urgent slot can serve: {_named(slots)}."
            return "No urgent slot can serve: decide with the supervisor today who can help."
        own = self.clinicians.get(request.clinician or (client.clinician if client else None) or "")
        if own is not None and _away(own, self.problem):
            other = f"ask {own.cover}, who covers" if own.cover else "name who covers"
            return f"{own.id} is away all week: {other}, or offer a time after the leave."
        if entry.kind is LeftOutKind.IMPOSSIBLE:
            return "No other week helps while this stays so: change it, or refer the client on."
        return f'Ask for other times; explain PROBLEM SCHEDULE --request "{request.id}" looks for ways in.'

    def _slots_for(self, request: Request, client: Client | None) -> list[Block]:
        """Return the first urgent slots at the client's times whose holder has the skills needed."""
        kind = self.types.get(request.session_type)
        found = []
        for block in self.slots:
            holder = self.clinicians.get(block.clinicians[0])
            long = kind is not None and block.minutes >= kind.minutes and request.group is None
            if holder and long and _able(holder, request, kind) and _can_come(client, request, block):
                found.append(block)
        return found[:_SLOTS]


def _named(slots: Sequence[Block]) -> str:
    return " or ".join(
        f"{short_date(block.start.date())} {clock(block.start)} with {block.clinicians[0]}" for block in slots
    )


def _able(clinician: Clinician, request: Request, kind: SessionType | None) -> bool:
    return {*request.skills, *(kind.skills if kind else ())} <= set(clinician.skills)


def _can_come(client: Client | None, request: Request, block: Block) -> bool:
    day = block.start.date()
    if (request.earliest and day < request.earliest) or (request.latest and day > request.latest):
        return False
    return all(
        not windows
        or any(_inside(window.day.number, window.start, window.end, block.start) for window in windows)
        for windows in ((client.windows if client else ()), request.windows)
    )


def _inside(weekday: int, start: int, end: int, moment: datetime) -> bool:
    return weekday == moment.weekday() and start <= moment.hour * 60 + moment.minute < end


def _away(clinician: Clinician, problem: Problem) -> bool:
    """Return whether leave covers every working period of the week."""
    week = problem.week_start
    leave = [(minutes_after(week, span.start), minutes_after(week, span.end)) for span in clinician.leave]
    dates = [(period, (period.day.number - week.weekday()) % 7 * DAY) for period in clinician.working]
    dates = [(period, day) for period, day in dates if day // DAY not in problem.closed_days]
    return bool(dates) and all(
        any(start <= day + period.start and day + period.end <= end for start, end in leave)
        for period, day in dates
    )
