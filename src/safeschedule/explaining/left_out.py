"""A reason for each request left out, found by trying openings and asking the verifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from safeschedule.explaining.groups_left_out import why_without_group
from safeschedule.explaining.openings import Asked, asked, busy_spans, overlaps, starts, trial
from safeschedule.problem import Clinician, Problem, Request
from safeschedule.schedule import Appointment, LeftOut, Schedule
from safeschedule.schedule.serving import served
from safeschedule.verifier.finding import Finding, Verification

Check = Callable[[Problem, Schedule], Verification]

_UNTRIED = (), "Not examined: there was no time left to try its openings."
_TRIALS_EACH = 12
_TRIALS_ALL = 400


def why_left_out(
    problem: Problem, schedule: Schedule, check: Check, enough: Callable[[], bool] = lambda: False
) -> tuple[LeftOut, ...]:
    """Return an entry for each request of which sessions are missing.

    Parameters
    ----------
    schedule
        A compliant schedule.
    check
        The verifier.
    enough
        Asked before each request and each trial: whether to leave the rest unexamined.
    """
    placed = served(problem, schedule)
    missing = [(r, r.count - placed[r.id]) for r in problem.requests if placed[r.id] < r.count]
    explainer = _Explainer(problem, schedule, check, enough, trials=_TRIALS_ALL)
    return tuple(explainer.entry(request, sessions) for request, sessions in missing)


class _Explainer:
    def __init__(
        self, problem: Problem, schedule: Schedule, check: Check, enough: Callable[[], bool], trials: int
    ) -> None:
        self.problem, self.schedule, self.check = problem, schedule, check
        self.enough, self.trials = enough, trials
        self.busy = {c.id: busy_spans(problem, schedule, c.id) for c in problem.clinicians}

    def entry(self, request: Request, sessions: int) -> LeftOut:
        if self.enough() or (request.group is not None and self.trials <= 0):
            found, reason = _UNTRIED
        elif request.group is None:
            found, reason = self._reason(asked(self.problem, request))
        else:
            self.trials -= 1
            found, reason = why_without_group(self.problem, self.schedule, request, self.check)
        return LeftOut(request=request.id, sessions=sessions, rules=found, reason=reason)

    def _reason(self, what: Asked) -> tuple[tuple[str, ...], str]:
        if not what.people:
            return self._nobody(what)
        meetings = [(person, start) for person in what.people for start in starts(what, person)]
        if not meetings:
            return ("client_availability", "working_hours"), (
                f"The client's times and the working hours of {_names(what.people)} do not meet "
                f"for {what.kind.minutes} minutes."
            )
        present = [(p, s) for p, s in meetings if not _on_leave(p, s, what.kind.minutes)]
        if not present:
            return ("leave",), f"{_names(what.people)} is on leave whenever the client can come."
        client_busy = [
            (a.start, a.start + timedelta(minutes=a.minutes))
            for a in self.schedule.appointments
            if what.request.client in a.clients
        ]
        minutes = what.kind.minutes
        free = [
            (p, s)
            for p, s in present
            if not overlaps(s, minutes, self.busy[p.id]) and not overlaps(s, minutes, client_busy)
        ]
        if not free:
            return ("no_overlap",), (
                f"When the client can come, {_names(what.people)} has no {minutes} minutes free of other "
                "sessions, protected time and meetings."
            )
        return self._try(what, free)

    def _nobody(self, what: Asked) -> tuple[tuple[str, ...], str]:
        skills = sorted({*what.request.skills, *what.kind.skills})
        if what.request.clinician is not None:
            return ("continuity", "qualification"), (
                f"{what.request.clinician} is named for it but lacks a skill that it needs "
                f"({', '.join(skills)})."
            )
        return ("qualification",), f"No clinician has all the skills that it needs ({', '.join(skills)})."

    def _try(self, what: Asked, free: list[tuple[Clinician, datetime]]) -> tuple[tuple[str, ...], str]:
        tried, broken, example = 0, Counter[str](), ""
        for person, start in _spread(free, _TRIALS_EACH):
            if self.trials <= 0 or self.enough():
                break
            self.trials -= 1
            tried += 1
            against = self._against(what, person, start)
            if not against:
                return (), (
                    f"The search ended before it was placed; it may fit with {person.id} on "
                    f"{start:%A at %H:%M}. A longer time limit may place it."
                )
            broken.update(finding.rule for finding in against.values())
            example = example or next(iter(against))
        if not tried:
            return _UNTRIED
        found = tuple(name for name, _ in broken.most_common(3))
        return found, (
            f"{tried} free opening{'' if tried == 1 else 's'} tried with {_names(what.people)}; as the week "
            f"stands, each would break a rule ({', '.join(found)}), for example: {example}"
        )

    def _against(self, what: Asked, person: Clinician, start: datetime) -> dict[str, Finding]:
        """Return what the verifier would find against the opening, judged on what is near it."""
        session = trial(what, person, start)
        problem, near = self._near(session)
        before = {finding.sentence for finding in self.check(problem, near).findings}
        with_it = near.model_copy(update={"appointments": (*near.appointments, session)})
        hard = (finding for finding in self.check(problem, with_it).findings if finding.hard)
        return {f.sentence: f for f in hard if f.sentence not in before}

    def _near(self, session: Appointment) -> tuple[Problem, Schedule]:
        """Return the schedule's part with the same clinician or client, or at the same time.

        And the problem's part that it is about: what is the same with and without the session need not be
        judged twice for everybody else.
        """
        person, client = session.clinicians[0], session.clients[0]
        end = session.start + timedelta(minutes=session.minutes)
        appointments = tuple(
            a
            for a in self.schedule.appointments
            if person in a.clinicians
            or client in a.clients
            or (a.start < end and session.start < a.start + timedelta(minutes=a.minutes))
        )
        blocks = tuple(b for b in self.schedule.blocks if person in (*b.clinicians, b.supervisor))
        near = self.schedule.model_copy(update={"appointments": appointments, "blocks": blocks})
        return self._about(near, person, client), near

    def _about(self, near: Schedule, person: str, client: str) -> Problem:
        """Return the problem with only these two, who meets them, and the clinician's panel.

        Who is merely busy at the same time, and may need the same room, is a code that nobody knows.
        """
        meet = [a for a in near.appointments if person in a.clinicians or client in a.clients]
        staff = {person, *(c for a in meet for c in a.clinicians)}
        staff |= {c for b in near.blocks for c in (*b.clinicians, b.supervisor) if c is not None}
        seen = {client, *(c for a in near.appointments for c in a.clients)}
        clients = tuple(c for c in self.problem.clients if c.id in seen or c.clinician == person)
        known = {c.id for c in clients}
        return self.problem.model_copy(
            update={
                "clinicians": tuple(c for c in self.problem.clinicians if c.id in staff),
                "clients": clients,
                "requests": tuple(r for r in self.problem.requests if r.client in known),
            }
        )


def _on_leave(person: Clinician, start: datetime, minutes: int) -> bool:
    return overlaps(start, minutes, [(leave.start, leave.end) for leave in person.leave])


def _spread(free: list[tuple[Clinician, datetime]], most: int) -> list[tuple[Clinician, datetime]]:
    """Return at most `most` openings, spread over clinicians and the week."""
    step = max(1, len(free) // most)
    return free[::step][:most]


def _names(people: tuple[Clinician, ...]) -> str:
    if len(people) > 3:
        return f"{len(people)} clinicians"
    return " or ".join(person.id for person in people)
