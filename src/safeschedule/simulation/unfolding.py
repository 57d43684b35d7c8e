"""What becomes of a planned week: who comes, who stays away, who is sick, and what crises do to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from safeschedule.actuals import (
    Actuals,
    ActualVisit,
    Attendance,
    BlockFate,
    Discharge,
    FirstContact,
    Presence,
    ProtectedBlock,
    Referral,
    WorkedDay,
)
from safeschedule.problem import BlockKind, Problem, Request
from safeschedule.samples.no_shows import NoShows
from safeschedule.schedule import Appointment, Schedule
from safeschedule.simulation.arrivals import WORKDAYS, Outside
from safeschedule.simulation.days import Days
from safeschedule.simulation.streams import Purpose


@dataclass
class Unfolded:
    """A week as it went.

    Parameters
    ----------
    held
        What took place of the schedule: what the next week builds on.
    visits, blocks, days, first
        What a service would have recorded.
    crises, unreserved, untimed
        Crises; those without an urgent slot; those of them for which somebody stayed longer.
    """

    held: Schedule
    visits: list[ActualVisit] = field(default_factory=list)
    blocks: list[ProtectedBlock] = field(default_factory=list)
    days: list[WorkedDay] = field(default_factory=list)
    first: list[FirstContact] = field(default_factory=list)
    crises: int = 0
    unreserved: int = 0
    untimed: int = 0

    def actuals(
        self, problem: Problem, referrals: tuple[Referral, ...], discharges: tuple[Discharge, ...]
    ) -> Actuals:
        """Return the week in the form in which weeks are recorded."""
        return Actuals(
            name=problem.name,
            week_start=problem.week_start,
            time_zone=problem.time_zone,
            visits=tuple(self.visits),
            blocks=tuple(self.blocks),
            days=tuple(self.days),
            first_contacts=tuple(self.first),
            referrals=referrals,
            discharges=discharges,
        )


class Unfolding:
    """One week while it goes by.

    Parameters
    ----------
    problem, schedule
        The week as it was planned.
    outside
        What comes from outside.
    number
        Of the week, from 1.
    sick
        On which dates clinicians are sick.
    met
        How many sessions each client has come to an appointment for so far; it is counted on.
    """

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        outside: Outside,
        number: int,
        sick: Mapping[str, frozenset[date]],
        met: Counter[str],
    ) -> None:
        self.problem, self.schedule, self.outside, self.number = problem, schedule, outside, number
        self.sick, self.met = sick, met
        self.days = Days(problem, schedule)
        self.no_shows = NoShows(problem)
        self.owner = {client.id: client.clinician for client in problem.clients}

    def go(self) -> Unfolded:
        """Return the week as it went."""
        week = Unfolded(self.schedule)
        held = []
        for session in sorted(self.schedule.appointments, key=lambda own: (own.start, own.clients)):
            came = tuple(client for client in session.clients if self._came(week, session, client))
            if came:
                held.append(
                    session if came == session.clients else session.model_copy(update={"clients": came})
                )
        week.held = self.schedule.model_copy(update={"appointments": tuple(held)})
        lost = self._crises(week)
        week.blocks = list(self._blocks(lost))
        week.days = list(self._worked())
        return week

    def _is_sick(self, codes: tuple[str, ...], day: date) -> bool:
        return any(day in self.sick[code] for code in codes if code in self.sick)

    def _came(self, week: Unfolded, session: Appointment, client: str) -> bool:
        """Record a client's appointment, and return whether it took place."""
        day = session.start.date()
        ill = self._is_sick(session.clinicians, day)
        rng = self.outside.streams.of(Purpose.ATTENDANCE, client, self.met[client])
        like = Request.model_construct(id="visit", client=client, session_type=session.session_type)
        lead, missed = self.no_shows.lead(like, rng)
        given = self.outside.given
        chances = (
            (Attendance.NO_SHOW, min(1.0, missed * given.no_shows)),
            (Attendance.CANCELLED_LATE, given.cancelled_late),
            (Attendance.CANCELLED_IN_TIME, given.cancelled_in_time),
            (Attendance.CANCELLED_BY_SERVICE, given.cancelled_by_service),
        )
        outcome = Attendance.CANCELLED_BY_SERVICE if ill else _drawn(float(rng.random()), chances)
        if not ill:
            # A session that sickness takes is had again later, with the fate that it would have had.
            self.met[client] += 1
            self._timed(session, client, outcome)
        week.visits.append(self._visit(session, client, outcome, day - timedelta(days=lead)))
        came = outcome is Attendance.ATTENDED
        if came and self.owner[client] is None and session.group is None:
            since = self.problem.by_code.clients[client].waiting_since
            if all(first.client != client for first in week.first):
                week.first.append(FirstContact(client=client, on=day, referred=since))
        return came

    def _timed(self, session: Appointment, client: str, outcome: Attendance) -> None:
        """Count what a session adds to the day: a note, or time that is free after all."""
        for code in session.clinicians:
            own = self.days.of(code, session.start.date())
            if outcome is Attendance.ATTENDED:
                least, usual, most = self.outside.given.note_minutes
                rng = self.outside.streams.of(Purpose.NOTES, client, self.met[client])
                own.notes += float(rng.triangular(least, usual, most)) if least < most else usual
            elif outcome in (Attendance.NO_SHOW, Attendance.CANCELLED_LATE) and len(session.clients) == 1:
                own.idle += session.minutes

    def _visit(self, session: Appointment, client: str, outcome: Attendance, booked: date) -> ActualVisit:
        kinds = self.problem.by_code.session_types
        times: dict[str, Any] = {}
        if outcome is Attendance.ATTENDED:
            times = {"began": session.start, "ended": session.start + timedelta(minutes=session.minutes)}
        return ActualVisit(
            client=client,
            clinicians=session.clinicians,
            planned=session.start,
            minutes=session.minutes,
            session_type=session.session_type,
            kind=kinds[session.session_type].kind,
            group=session.group,
            booked=booked,
            outcome=outcome,
            **times,
        )

    def _crises(self, week: Unfolded) -> set[tuple[int, str]]:
        """Answer crises in the order of their dates, and return which blocks are lost by it."""
        rates, lost = self.outside.given.crises, set[tuple[int, str]]()
        ranks = {b.id: n for n, b in enumerate(sorted(self.problem.bands, key=lambda band: band.rank))}
        calls = []
        for client in self.problem.clients:
            rate = rates[min(ranks[client.band], len(rates) - 1)] if rates else 0.0
            if client.clinician is not None and rate:
                rng = self.outside.streams.of(Purpose.CRISES, client.id, self.number)
                days = rng.integers(WORKDAYS, size=int(rng.poisson(rate))).tolist()
                calls += [(self.problem.week_start + timedelta(days=day), client.id) for day in days]
        slots = [b for b in self.schedule.blocks if b.kind is BlockKind.URGENT_SLOT]
        slots = [b for b in slots if not self._is_sick(b.clinicians, b.start.date())]
        slots.sort(key=lambda block: (block.start, block.clinicians))
        for day, code in sorted(calls):
            week.crises += 1
            slot = next((own for own in slots if own.start.date() >= day), None)
            if slot is not None:
                slots.remove(slot)
                self.days.of(slot.clinicians[0], slot.start.date()).notes += self.outside.given.note_minutes[
                    1
                ]
                continue
            week.unreserved += 1
            week.untimed += not self._squeezed(code, day, lost)
        return lost

    def _squeezed(self, client: str, day: date, lost: set[tuple[int, str]]) -> bool:
        """Find time for a crisis without a slot: free time, else documentation; ``False``: after hours."""
        code = self._who(self.owner[client] or "", day)
        if code is None:
            return False
        minutes, own = self.outside.given.crisis_minutes, self.days.of(code, day)
        own.notes += self.outside.given.note_minutes[1]
        if own.idle >= minutes:
            own.idle -= minutes
            return True
        for number, block in enumerate(self.schedule.blocks):
            there = block.kind is BlockKind.DOCUMENTATION and block.start.date() == day
            if there and code in block.clinicians and (number, code) not in lost:
                lost.add((number, code))
                own.documentation -= block.minutes
                own.outside += max(0, minutes - block.minutes)
                return True
        own.outside += minutes
        return False

    def _who(self, owner: str, day: date) -> str | None:
        """Return who answers: the own clinician if at work, else whoever is there and has most free time."""
        there = [code for code, on in self.days.known if on == day and not self._is_sick((code,), day)]
        if owner in there:
            return owner
        return max(there, key=lambda code: (self.days.of(code, day).idle, code), default=None)

    def _blocks(self, lost: set[tuple[int, str]]) -> Iterator[ProtectedBlock]:
        for number, block in enumerate(self.schedule.blocks):
            for code in block.clinicians:
                if not self._is_sick((code,), block.start.date()):
                    fate = BlockFate.LOST if (number, code) in lost else BlockFate.KEPT
                    yield ProtectedBlock(
                        clinician=code, kind=block.kind, planned=block.start, minutes=block.minutes, fate=fate
                    )

    def _worked(self) -> Iterator[WorkedDay]:
        for code, day in sorted(self.days.known):
            own = self.days.of(code, day)
            if self._is_sick((code,), day):
                yield WorkedDay(clinician=code, date=day, presence=Presence.SICK)
                continue
            late = own.late_notes(self.outside.given.gaps)
            yield WorkedDay(
                clinician=code,
                date=day,
                presence=Presence.PRESENT,
                minutes_outside=round(own.outside + late),
                documentation_outside=round(late),
            )


def _drawn(luck: float, chances: tuple[tuple[Attendance, float], ...]) -> Attendance:
    for outcome, share in chances:
        if luck < share:
            return outcome
        luck -= share
    return Attendance.ATTENDED
