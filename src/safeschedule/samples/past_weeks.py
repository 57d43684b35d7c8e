"""What happened in made-up weeks before a problem's: to try measures, warnings and forecasts on."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from safeschedule.actuals import (
    Actuals,
    ActualVisit,
    Attendance,
    BlockFate,
    Discharge,
    Event,
    EventKind,
    FirstContact,
    HeldSupervision,
    Presence,
    ProtectedBlock,
    RaisedFlag,
    Referral,
    StaffChange,
    StaffMove,
    WorkedDay,
)
from safeschedule.problem import BlockKind, Flag, Problem
from safeschedule.samples.booked import BookedSession, BookedTime, BookedWeek, draw_booked_week
from safeschedule.samples.no_shows import NoShows

MOST_WEEKS = 104

# Assumptions, but where a source is named.
_CANCELLED = (0.03, 0.02, 0.01)  # late, in time, by the service
_CANCELLATIONS = (
    Attendance.CANCELLED_LATE,
    Attendance.CANCELLED_IN_TIME,
    Attendance.CANCELLED_BY_SERVICE,
)
_FATES = (0.86, 0.10, 0.04)  # kept, moved, lost
_NOTE_AT_ONCE = 0.8
_SICK, _MISSED_BREAK, _MISSED_SUPERVISION = 0.04, 0.08, 0.07
_OUTSIDE = 10.0  # minutes of a date
_INTAKES = 1.0  # for each FTE and week: the lower end of 1 to 3
_TRIAGE = {"urgent": 0.1, "soon": 0.3, "routine": 0.6}
_EVENTS = {"incident": 0.02, "near_miss": 0.04, "complaint": 0.01, "escalation": 0.06}  # a clinician and week
_LEFT = 0.003  # a clinician and week: 15 % a year
_WAIT = 16.9  # days; 81 % are then seen within 28 days (NHS Talking Therapies)


def generate_actuals(problem: Problem, seed: int, weeks: int = 12, *, drift: int = 0) -> tuple[Actuals, ...]:
    """Return what happened in the weeks before a problem's; the same arguments give the same weeks.

    Each week was booked much like the problem's own, at other times. How many clients stay away depends on
    the kind of appointment and its lead time (`safeschedule.samples.no_shows`).

    Parameters
    ----------
    problem
        The team.
    seed
        Of ``numpy.random.default_rng``.
    weeks
        How many, 1 to 104; the last one ends before the problem's week begins.
    drift
        Minutes a day by which documentation outside the hours grows each week, for everyone: strain to find.

    Raises
    ------
    ValueError
        An argument is outside its range.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValueError(f"weeks must be 1 to {MOST_WEEKS}, not {weeks}")
    if not 0 <= drift <= 60:
        raise ValueError(f"drift must be 0 to 60, not {drift}")
    rngs = np.random.default_rng(seed).spawn(weeks)
    first = problem.week_start - timedelta(weeks=weeks)
    return tuple(
        _PastWeek(problem, first + timedelta(weeks=number), drift * number, rng).actuals()
        for number, rng in enumerate(rngs)
    )


class _PastWeek:
    """One week while it is drawn."""

    def __init__(self, problem: Problem, monday: date, added: int, rng: np.random.Generator) -> None:
        self.problem, self.monday, self.added, self.rng = problem, monday, added, rng
        self.no_shows = NoShows(problem)
        self.booked: BookedWeek = draw_booked_week(problem, monday, rng)
        self.fte = float(sum(person.fte for person in problem.clinicians))

    def actuals(self) -> Actuals:
        """Return the week; parts are drawn in a fixed order."""
        visits = tuple(map(self._visit, self.booked.sessions))
        return Actuals(
            name=self.problem.name,
            week_start=self.monday,
            time_zone=self.problem.time_zone,
            visits=visits,
            blocks=tuple(map(self._block, self.booked.blocks)),
            days=tuple(self._day(code, day) for code, day in self.booked.at_work),
            events=self._events(),
            referrals=self._referrals(),
            discharges=tuple(self._discharge(c) for c in self._strangers("left")),
            first_contacts=tuple(self._first(c) for c in self._strangers("first")),
            flags=self._flags(),
            supervision=self._supervision(),
            staff=self._staff(),
        )

    def _date(self) -> date:
        return self.monday + timedelta(days=int(self.rng.integers(5)))

    def _strangers(self, what: str) -> list[str]:
        """Return codes of people whom the problem does not have any more, or not yet."""
        return [f"{what}-{self.monday:%y%m%d}-{n}" for n in range(int(self.rng.poisson(_INTAKES * self.fte)))]

    def _referrals(self) -> tuple[Referral, ...]:
        # Classes are drawn apart, so that all else is as it was without them.
        (classes,) = self.rng.spawn(1)
        names, shares = zip(*_TRIAGE.items(), strict=True)
        return tuple(
            Referral(client=code, received=self._date(), triage=str(classes.choice(names, p=shares)))
            for code in self._strangers("referred")
        )

    def _visit(self, session: BookedSession) -> ActualVisit:
        lead, missed = self.no_shows.lead(session.request, self.rng)
        types = self.problem.by_code.session_types
        plain = {
            "client": session.request.client,
            "clinicians": (session.clinician,),
            "planned": session.start,
            "minutes": session.minutes,
            "session_type": session.request.session_type,
            "kind": types[session.request.session_type].kind,
            "booked": session.start.date() - timedelta(days=lead),
        }
        luck = float(self.rng.random())
        for outcome, share in zip((Attendance.NO_SHOW, *_CANCELLATIONS), (missed, *_CANCELLED), strict=True):
            if luck < share:
                return ActualVisit.model_validate(plain | {"outcome": outcome})
            luck -= share
        began = session.start + timedelta(minutes=round(self.rng.triangular(-2, 0, 15)))
        ended = began + timedelta(minutes=max(5, session.minutes + round(self.rng.triangular(-10, 0, 10))))
        # 8 to 20 minutes, mostly 12 (a survey); what is not written at once waits for another date.
        wait = timedelta(minutes=round(self.rng.triangular(8, 12, 20)))
        if self.rng.random() >= _NOTE_AT_ONCE:
            wait += timedelta(days=int(self.rng.integers(1, 4)))
        times = {"began": began, "ended": ended, "documented": ended + wait}
        return ActualVisit.model_validate(plain | {"outcome": Attendance.ATTENDED} | times)

    def _block(self, block: BookedTime) -> ProtectedBlock:
        fate = list(BlockFate)[int(self.rng.choice(3, p=_FATES))]
        moved = block.start + timedelta(minutes=60) if fate is BlockFate.MOVED else None
        reason = "" if fate is BlockFate.KEPT else "urgent work"
        return ProtectedBlock(
            clinician=block.clinician,
            kind=block.kind,
            planned=block.start,
            minutes=block.minutes,
            fate=fate,
            moved_to=moved,
            reason=reason,
        )

    def _day(self, code: str, day: date) -> WorkedDay:
        if self.rng.random() < _SICK:
            return WorkedDay(clinician=code, date=day, presence=Presence.SICK)
        # The sum of many small delays: their spread is that of an exponential time.
        outside = int(self.rng.exponential(_OUTSIDE))
        documentation = self.added + outside // 2
        return WorkedDay(
            clinician=code,
            date=day,
            presence=Presence.PRESENT,
            missed_break=bool(self.rng.random() < _MISSED_BREAK),
            minutes_outside=outside + self.added,
            documentation_outside=documentation,
        )

    def _events(self) -> tuple[Event, ...]:
        teams = [team for person in self.problem.clinicians for team in person.teams] or [self.problem.name]
        found = []
        for kind in EventKind:
            for _ in range(int(self.rng.poisson(_EVENTS[kind] * len(self.problem.clinicians)))):
                found.append(Event(kind=kind, on=self._date(), team=str(self.rng.choice(teams))))
        return tuple(found)

    def _discharge(self, client: str) -> Discharge:
        who = self.problem.clinicians[int(self.rng.integers(len(self.problem.clinicians)))].id
        return Discharge(client=client, on=self._date(), clinician=who)

    def _first(self, client: str) -> FirstContact:
        on = self._date()
        return FirstContact(
            client=client, on=on, referred=on - timedelta(days=int(self.rng.exponential(_WAIT)))
        )

    def _flags(self) -> tuple[RaisedFlag, ...]:
        luck = self.rng.random(len(self.problem.clients))
        drawn = (client.id for client, own in zip(self.problem.clients, luck, strict=True) if own < 0.01)
        return tuple(RaisedFlag(client=code, flag=Flag.CRISIS_RISK, on=self._date()) for code in drawn)

    def _supervision(self) -> tuple[HeldSupervision, ...]:
        found = []
        for person in self.problem.clinicians:
            if person.supervisor is not None:
                missed = self.rng.random() < _MISSED_SUPERVISION
                who = (person.id,)
                found.append(
                    HeldSupervision(
                        kind=BlockKind.SUPERVISION,
                        on=self._date(),
                        supervisor=person.supervisor,
                        attended=() if missed else who,
                        missed=who if missed else (),
                    )
                )
        return tuple(found)

    def _staff(self) -> tuple[StaffChange, ...]:
        left = int(self.rng.poisson(_LEFT * len(self.problem.clinicians)))
        return tuple(
            StaffChange(clinician=f"former-{self.monday:%y%m%d}-{n}", on=self._date(), move=StaffMove.LEFT)
            for n in range(left)
        )
