"""New signs of risk in recorded weeks: flags that were set, and visits that were missed again (AB)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeschedule.actuals import Actuals, ActualVisit, Attendance
from safeschedule.problem import Problem

REPEATED = 2
"""Missed visits that are a sign; an assumption."""

WITHIN = timedelta(days=28)
"""In so many days; an assumption."""


@dataclass(frozen=True)
class NewFlag:
    """A flag that was set on a client.

    Parameters
    ----------
    client, clinician
        The client, and the own clinician where there is one.
    sentence
        Which flag, when, and whether anybody has seen the client since.
    """

    client: str
    clinician: str | None
    sentence: str


@dataclass(frozen=True)
class MissedVisits:
    """A client who has missed visits again and again.

    Parameters
    ----------
    client
        The client.
    sentence
        How many, and the last.
    """

    client: str
    sentence: str


def new_flags(
    problem: Problem,
    actuals: Sequence[Actuals],
    since: date | None,
    on: date,
    *,
    told: Collection[str] = (),
) -> list[NewFlag] | None:
    """Return the flags that were set from one date to another; ``None`` where no week records flags.

    Parameters
    ----------
    told
        Clients who were spoken of on the first date itself: their flags of that date are not new.
    """
    recorded = [week.flags for week in actuals if week.flags is not None]
    if not recorded:
        return None
    clients = problem.by_code.clients
    found = []
    for raised in sorted((each for week in recorded for each in week), key=lambda each: each.on):
        known = raised.on == since and raised.client in told
        if raised.on > on or (since is not None and raised.on < since) or known:
            continue
        client = clients.get(raised.client)
        band = "" if client is None else f", band {client.band}"
        seen = _seen(actuals, raised.client, raised.on, on)
        said = f"{raised.flag} since {raised.on}{band}; {seen}."
        found.append(NewFlag(raised.client, None if client is None else client.clinician, said))
    return found


def _seen(actuals: Sequence[Actuals], client: str, since: date, on: date) -> str:
    visits = _visits(actuals, on)
    if visits is None:
        return "whether anybody has seen the client since is not recorded"
    dates = [
        visit.planned.date()
        for visit in visits
        if visit.client == client and visit.outcome is Attendance.ATTENDED and visit.planned.date() >= since
    ]
    return f"seen on {min(dates)}" if dates else "not seen since"


def missed_visits(actuals: Sequence[Actuals], since: date | None, on: date) -> list[MissedVisits] | None:
    """Return who missed visits again: two or more in 28 days, the last of them new.

    ``None`` where no week records visits.
    """
    visits = _visits(actuals, on)
    if visits is None:
        return None
    missed: dict[str, list[date]] = {}
    for visit in visits:
        if visit.outcome is Attendance.NO_SHOW and visit.planned.date() > on - WITHIN:
            missed.setdefault(visit.client, []).append(visit.planned.date())
    return [
        MissedVisits(client, f"{len(dates)} visits missed in {WITHIN.days} days, the last on {max(dates)}.")
        for client, dates in sorted(missed.items())
        if len(dates) >= REPEATED and (since is None or max(dates) >= since)
    ]


def _visits(actuals: Sequence[Actuals], on: date) -> list[ActualVisit] | None:
    recorded = [week.visits for week in actuals if week.visits is not None]
    if not recorded:
        return None
    return [visit for week in recorded for visit in week if visit.planned.date() <= on]
