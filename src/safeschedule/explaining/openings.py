"""Openings: when and with whom a request could be met if nothing else were in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from safeschedule.problem import AllowedMode, Clinician, Mode, Problem, Request, SessionType, Window
from safeschedule.schedule import Appointment, Schedule

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Asked:
    """A request with what it refers to."""

    problem: Problem
    request: Request
    kind: SessionType
    windows: tuple[tuple[Window, ...], ...]
    people: tuple[Clinician, ...]


def asked(problem: Problem, request: Request) -> Asked:
    """Return a request with its session type, windows, and the clinicians who may take it."""
    kind = next(t for t in problem.session_types if t.id == request.session_type)
    client = next(c for c in problem.clients if c.id == request.client)
    needed = {*request.skills, *kind.skills}
    able = tuple(c for c in problem.clinicians if needed <= set(c.skills))
    bound = request.clinician or client.clinician
    continuity = problem.rulebook.setting("continuity")
    if continuity.enabled and continuity.hard and bound is not None:
        own = tuple(c for c in able if c.id == bound)
        able = own if own or request.clinician else able
    windows = tuple(w for w in (client.windows, request.windows) if w)
    return Asked(problem, request, kind, windows, able)


def starts(what: Asked, clinician: Clinician) -> Iterator[datetime]:
    """Yield the starts at which clinician's hours and client's windows meet, leave aside."""
    origin, grid = what.problem.week_start, what.problem.grid
    first = what.request.earliest or origin
    last = what.request.latest or origin + timedelta(days=6)
    for offset in range(7):
        day = origin + timedelta(days=offset)
        if not first <= day <= last:
            continue
        midnight = datetime.combine(day, datetime.min.time())
        weekday = day.weekday()
        for period in clinician.working:
            if period.day.number == weekday and _site_fits(what.request, period.site):
                begin = -(-period.start // grid) * grid
                for minute in range(begin, period.end - what.kind.minutes + 1, grid):
                    if _inside(what, weekday, minute):
                        yield midnight + timedelta(minutes=minute)


def _site_fits(request: Request, site: str | None) -> bool:
    remote = request.mode is not AllowedMode.IN_PERSON
    return remote or request.site is None or site is None or request.site == site


def _inside(what: Asked, weekday: int, minute: int) -> bool:
    end = minute + what.kind.minutes
    return all(
        any(w.day.number == weekday and w.start <= minute and end <= w.end for w in windows)
        for windows in what.windows
    )


def busy_spans(problem: Problem, schedule: Schedule, clinician: str) -> list[Span]:
    """Return when a clinician is in an appointment, block or meeting."""
    spans = [(a.start, a.minutes) for a in schedule.appointments if clinician in a.clinicians]
    spans += [(b.start, b.minutes) for b in schedule.blocks if clinician in (*b.clinicians, b.supervisor)]
    spans += [(m.start, m.minutes) for m in problem.meetings if clinician in m.clinicians]
    return [(start, start + timedelta(minutes=minutes)) for start, minutes in spans]


def overlaps(start: datetime, minutes: int, spans: list[Span]) -> bool:
    """Return whether a session overlaps one of the spans."""
    end = start + timedelta(minutes=minutes)
    return any(start < b and a < end for a, b in spans)


def trial(what: Asked, clinician: Clinician, start: datetime) -> Appointment:
    """Return the appointment that an opening would become."""
    remote = what.request.mode is not AllowedMode.IN_PERSON and clinician.telehealth
    site = None
    if not remote:
        weekday, minute = start.weekday(), start.hour * 60 + start.minute
        there = [p.site for p in clinician.working if p.day.number == weekday and p.start <= minute < p.end]
        roaming = clinician.sites or tuple(s.id for s in what.problem.sites) or (None,)
        site = what.request.site or next((s for s in there if s), None) or roaming[0]
    return Appointment(
        request=what.request.id,
        session_type=what.kind.id,
        clients=(what.request.client,),
        clinicians=(clinician.id,),
        start=start,
        minutes=what.kind.minutes,
        mode=Mode.TELEHEALTH if remote else Mode.IN_PERSON,
        site=site,
    )
