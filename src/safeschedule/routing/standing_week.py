"""A week with every appointment where it is, for the one question whether one more session fits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from safeschedule.problem import (
    Client,
    PinnedAppointment,
    PinnedGroup,
    Problem,
    Request,
    RuleSetting,
)
from safeschedule.schedule import Appointment, Schedule
from safeschedule.schedule.serving import served


def standing_week(problem: Problem, schedule: Schedule, request: Request) -> Problem:
    """Return the problem in which all appointments of a schedule are pinned and one request is free.

    Sessions that are left out, of other requests, are not asked for. Soft rules are off
    but for the value of what is placed: what is asked is whether the session fits, not how well. Rooms
    and protected blocks may move; people's times may not.
    """
    found = served(problem, schedule)
    kept = tuple(
        asked if found[asked.id] >= asked.count else asked.model_copy(update={"count": found[asked.id]})
        for asked in problem.requests
        if found[asked.id] and asked.id != request.id
    )
    soft = {
        name: RuleSetting(enabled=False)
        for name, setting in problem.rulebook.settings().items()
        if setting.enabled and not setting.hard and name != "access"
    }
    made = problem.model_copy(
        update={
            "requests": (*kept, request),
            "pinned_appointments": tuple(_pins(schedule.appointments)),
            "pinned_groups": tuple(_group_pins(schedule.appointments)),
        }
    )
    return made.with_settings(soft)


def _pins(appointments: Iterable[Appointment]) -> Iterable[PinnedAppointment]:
    for held in appointments:
        if held.group is None and held.request is not None:
            yield PinnedAppointment(
                request=held.request,
                clinician=held.clinicians[0],
                start=held.start,
                mode=held.mode,
                attendants=held.attendants,
            )


def _group_pins(appointments: Iterable[Appointment]) -> Iterable[PinnedGroup]:
    for held in appointments:
        if held.group is not None:
            yield PinnedGroup(
                group=held.group,
                clinicians=held.clinicians,
                start=held.start,
                clients=held.clients,
                attendants=held.attendants,
            )


def week_ahead(
    problem: Problem, schedule: Schedule, weeks: int, gone: Iterable[str] = ()
) -> tuple[Problem, Schedule]:
    """Return a week ahead in which everything is as it stands now, at the same weekdays and times.

    Left out are appointments of clients who are gone, and those on dates on which the service is closed or
    during leave of somebody who gives them. Clients who are new in this week belong to their clinician then.
    Weekly meetings are there; other meetings and pins are not.

    Parameters
    ----------
    weeks
        How many weeks ahead.
    gone
        Clients who are discharged by then.
    """
    later, left = timedelta(weeks=weeks), frozenset(gone)
    start = problem.week_start + later
    held = tuple(
        each.model_copy(update={"start": each.start + later, "clients": there})
        for each in schedule.appointments
        if (there := tuple(code for code in each.clients if code not in left))
        and _given(problem, each, each.start + later)
    )
    owners = {
        code: each.clinicians[0]
        for each in schedule.appointments
        if each.group is None
        for code in each.clients
    }
    made = problem.model_copy(
        update={
            "week_start": start,
            "clients": tuple(_client(c, owners) for c in problem.clients if c.id not in left),
            "requests": tuple(
                asked.model_copy(update={"earliest": None, "latest": None})
                for asked in problem.requests
                if asked.client not in left
            ),
            "upcoming": (),
            "meetings": tuple(
                m.model_copy(update={"start": m.start + later}) for m in problem.meetings if m.weekly
            ),
            "pinned_appointments": (),
            "pinned_groups": (),
            "pinned_blocks": (),
        }
    )
    return made, schedule.model_copy(
        update={"week_start": start, "appointments": held, "blocks": (), "left_out": (), "called_off": ()}
    )


def _given(problem: Problem, each: Appointment, start: datetime) -> bool:
    """Return whether everybody who gives an appointment is at work when it starts again."""
    end, people = start + timedelta(minutes=each.minutes), problem.by_code.clinicians
    own = [people[code] for code in each.clinicians]
    away = any(leave.start < end and start < leave.end for person in own for leave in person.leave)
    return start.date() not in problem.closed_dates and not away


def _client(client: Client, owners: dict[str, str]) -> Client:
    if client.clinician is not None or client.id not in owners:
        return client
    return client.model_copy(update={"clinician": owners[client.id], "waiting_since": None})
