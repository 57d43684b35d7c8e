"""The week after a planned one: what of it is history, what is left to do, what comes again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from safeschedule.arguments import Arguments
from safeschedule.caseload import without_requests_from_bands
from safeschedule.caseload.messages.queue import left_tasks
from safeschedule.problem import (
    Client,
    Clinician,
    History,
    Intensity,
    Kind,
    Meeting,
    PastAppointment,
    Problem,
    SessionType,
)
from safeschedule.rolling import incidents
from safeschedule.rolling.agenda import Agenda
from safeschedule.schedule import Appointment, Schedule
from safeschedule.verifier.intensity import high_of

WEEK = timedelta(weeks=1)

HISTORY = timedelta(weeks=2)
"""How far before the new week its history reaches; no rule looks further back than half of it."""

LEAVE_KEPT = timedelta(days=21)
"""How long past leave is kept; the rule ``return_days`` looks 14 dates past the end of a leave."""


def next_week(problem: Problem, schedule: Schedule, agenda: Agenda | None = None) -> Problem:
    """Return the problem of the week after a planned one.

    * **History**: the week's appointments, one entry for each client and clinician, and those of the week
      before it. Each client's last contact follows.
    * **New clients** who had a session of their own (no group's) join the caseload of its clinician, wait no
      longer, and are due for review after the review days of their band.
    * **Reviews**: after a session of the kind review the next one is due after the band's review days.
    * **Requests**: what was left out stays, with a priority one higher for each week (at most 5) and without
      dates that have passed. What was met comes again after the request's `every` weeks, a standing
      appointment so many weeks after its last turn, whenever it was met; until then it is `upcoming`, as are
      the problem's own requests of weeks still later. Requests that follow from acuity
      bands are left out: `safeschedule.caseload.with_requests_from_bands` makes them anew from the new dates.
    * **Meetings**: weekly ones move on by a week; others stay only if they last into the new week.
    * **Pins** go; groups, rooms and hours stay. Leave stays until three weeks after its end.
    * **Tasks**: those that had time in the week's coordination blocks are done; the others stay.
    * **Incidents**: whoever was debriefed or followed up is marked; those done with go.

    Parameters
    ----------
    problem
        The week as it was planned.
    schedule
        A schedule of it that the verifier accepts.
    agenda
        The new week's agenda (see `Agenda.after`). Without it ages begin with this week.

    Examples
    --------
    >>> from safeschedule import next_week
    >>> str(next_week(problem, schedule).week_start)
    '2026-10-12'
    """
    looked = Arguments("next_week").week(problem, schedule)
    if agenda is not None:
        looked.kind("agenda", agenda, Agenda, "an Agenda, or None")
    looked.done()
    start = problem.week_start + WEEK
    if agenda is None:
        agenda = Agenda.of(without_requests_from_bands(problem)).after(problem, schedule)
    following = problem.model_copy(
        update={
            "week_start": start,
            "clinicians": tuple(_without_old_leave(person, start) for person in problem.clinicians),
            "clients": tuple(_Clients(problem, schedule).after()),
            "requests": agenda.requests(),
            "upcoming": agenda.upcoming(),
            "meetings": tuple(_meetings(problem, start)),
            "pinned_appointments": (),
            "pinned_groups": (),
            "pinned_blocks": (),
            "incidents": incidents.after_week(problem, schedule),
            "tasks": left_tasks(problem, schedule),
            "history": History(appointments=tuple(_history(problem, schedule))),
        }
    )
    return following.with_joint_requests()


def _without_old_leave(person: Clinician, start: date) -> Clinician:
    oldest = datetime.combine(start - LEAVE_KEPT, time())
    kept = tuple(leave for leave in person.leave if leave.end >= oldest)
    return person if kept == person.leave else person.model_copy(update={"leave": kept})


def _meetings(problem: Problem, start: date) -> Iterator[Meeting]:
    midnight = datetime.combine(start, time())
    for meeting in problem.meetings:
        if meeting.weekly:
            yield meeting.model_copy(update={"start": meeting.start + WEEK})
        elif meeting.start + timedelta(minutes=meeting.minutes) > midnight:
            yield meeting


def _history(problem: Problem, schedule: Schedule) -> Iterator[PastAppointment]:
    oldest = problem.week_start + WEEK - HISTORY
    yield from (past for past in problem.history.appointments if past.start.date() >= oldest)
    types, is_high = problem.by_code.session_types, high_of(problem)
    for session in sorted(schedule.appointments, key=lambda session: session.start):
        kind, high = types.get(session.session_type), is_high(session)
        for client in session.clients:
            for clinician in session.clinicians:
                yield _past(session, client, clinician, kind, high)


def _past(
    session: Appointment, client: str, clinician: str, kind: SessionType | None, high: bool
) -> PastAppointment:
    lower = kind.intensity if kind else Intensity.MODERATE
    return PastAppointment(
        client=client,
        clinician=clinician,
        start=session.start,
        minutes=session.minutes,
        kind=kind.kind if kind else Kind.OTHER,
        intensity=Intensity.HIGH if high else lower,
    )


class _Clients:
    """The clients after a week."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.review_days = {band.id: timedelta(days=band.review_days) for band in problem.bands}
        reviews = {kind.id for kind in problem.session_types if kind.kind is Kind.REVIEW}
        self.seen: dict[str, date] = {}
        self.reviewed: dict[str, date] = {}
        self.first: dict[str, Appointment] = {}
        for session in sorted(schedule.appointments, key=lambda session: session.start):
            for client in session.clients:
                self.seen[client] = session.start.date()
                if session.session_type in reviews:
                    self.reviewed[client] = session.start.date()
                if session.group is None:
                    self.first.setdefault(client, session)

    def after(self) -> Iterator[Client]:
        """Yield each client as the next week finds it."""
        for client in self.problem.clients:
            update = self._contact(client) | self._joining(client) | self._review(client)
            yield client.model_copy(update=update) if update else client

    def _contact(self, client: Client) -> dict[str, Any]:
        seen = self.seen.get(client.id)
        if seen is None:
            return {}
        return {"last_contact": seen if client.last_contact is None else max(seen, client.last_contact)}

    def _joining(self, client: Client) -> dict[str, Any]:
        first = self.first.get(client.id)
        if client.clinician is not None or first is None:
            return {}
        review = client.next_review or first.start.date() + self.review_days[client.band]
        return {"clinician": first.clinicians[0], "waiting_since": None, "next_review": review}

    def _review(self, client: Client) -> dict[str, Any]:
        reviewed = self.reviewed.get(client.id)
        return {} if reviewed is None else {"next_review": reviewed + self.review_days[client.band]}
