"""Clients who may move, put together where nothing that counts tells them apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_high

from safeschedule.actuals import Actuals, Attendance
from safeschedule.caseload.panels import CaseloadFacts
from safeschedule.problem import Flag, Problem
from safeschedule.rebalancing.suiting import Suiting


@dataclass(frozen=True, order=True)
class Profile:
    """What a client asks of a caseload, and of whoever has it.

    Parameters
    ----------
    points
        In hundredths.
    high
        Whether the band is marked high acuity.
    sessions
        Sessions that are asked for in the week.
    skills
        What the clinician needs.
    takers
        Who could have such a client, sorted.
    """

    points: int
    high: bool
    sessions: int
    skills: tuple[str, ...]
    takers: tuple[str, ...]


@dataclass(frozen=True)
class Pool:
    """Clients of one caseload who have one profile, and lose the same by a transfer.

    Parameters
    ----------
    giver
        Their clinician.
    profile
        What they ask.
    processing
        Whether they are in active trauma processing.
    weeks
        Since when they are known to be with the giver, in weeks begun; ``None``: not known.
    counted
        The same, where it is not known as the median of those of whom it is.
    clients
        Who, sorted.
    """

    giver: str
    profile: Profile
    processing: bool
    weeks: int | None
    counted: int
    clients: tuple[str, ...]


def pools(
    facts: CaseloadFacts, since: Mapping[str, date], keep: Collection[str]
) -> tuple[tuple[Pool, ...], tuple[str, ...]]:
    """Return the clients who may move, and the codes of those who may not.

    Parameters
    ----------
    since
        The first date on which each client is known to have been with the own clinician.
    keep
        Clients who stay, whatever else is so.
    """
    suiting, first = Suiting(facts), facts.problem.week_start
    median = median_high([_weeks(day, first) for day in since.values()]) if since else 0
    held = {*keep, *_held(facts)}
    found: dict[tuple[str, Profile, bool, int | None, int], list[str]] = {}
    for client in facts.problem.clients:
        if client.clinician is None or client.id in held:
            continue
        weeks = _weeks(since[client.id], first) if client.id in since else None
        profile = Profile(
            points=facts.weight([client.id]),
            high=facts.is_high(client.id),
            sessions=sum(each.count for each in suiting.asked(client.id)),
            skills=suiting.skills(client.id),
            takers=tuple(sorted(suiting.takers(client.id))),
        )
        counted = median if weeks is None else weeks
        key = (client.clinician, profile, Flag.TRAUMA_PROCESSING in client.flags, weeks, counted)
        found.setdefault(key, []).append(client.id)
    made = tuple(Pool(*key, clients=tuple(sorted(codes))) for key, codes in found.items())
    return made, tuple(sorted(held & {c.id for c in facts.problem.clients if c.clinician is not None}))


def _weeks(since: date, first: date) -> int:
    return max(0, -((since - first).days // 7))


def _held(facts: CaseloadFacts) -> Iterator[str]:
    """Yield clients who are bound to their clinician: by name, by a pin, or by a joint session."""
    clients, requests, groups = facts.week.clients, facts.week.requests, facts.week.groups
    for request in (*requests.values(), *facts.problem.upcoming):
        own = clients[request.client].clinician
        if request.group is None:
            if own is not None and request.clinician == own:
                yield request.client
        else:
            group = groups[request.group]
            kind = facts.week.types[group.session_type]
            # All come or nobody: a couple, a family, or a client of two clinicians.
            joint = kind.smallest == kind.largest == len(group.members)
            if joint and own in group.facilitators:
                yield request.client
    for pin in facts.problem.pinned_appointments:
        client = requests[pin.request].client
        if pin.clinician == clients[client].clinician:
            yield client


def known_since(problem: Problem, actuals: Iterable[Actuals] = ()) -> dict[str, date]:
    """Return the first date on which each client is known to have been seen by the own clinician."""
    own = {client.id: client.clinician for client in problem.clients}
    seen: list[tuple[str, tuple[str, ...], date]] = [
        (past.client, (past.clinician,), past.start.date()) for past in problem.history.appointments
    ]
    for week in actuals:
        for visit in week.visits or ():
            if visit.outcome is Attendance.ATTENDED:
                seen.append((visit.client, visit.clinicians, visit.planned.date()))
    found: dict[str, date] = {}
    for client, clinicians, day in seen:
        if own.get(client) in clinicians:
            found[client] = min(day, found.get(client, day))
    return found
