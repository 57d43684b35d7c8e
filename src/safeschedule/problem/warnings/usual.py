"""What is at a usual time of the week, and people who are at two such places at once, or at none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from safeschedule.errors import Fault
from safeschedule.problem.clock import DAY, Weekday, format_clock
from safeschedule.problem.faults.view import WEEK, Check, Interval, View, over_midnight, overlaps
from safeschedule.problem.work import AllowedMode, Mode, SessionType

Sites = tuple[str | None, ...]
"""Where a session may be; ``None`` where nobody says."""


@dataclass(frozen=True)
class Usual:
    """Something that is at a usual time of the week.

    Parameters
    ----------
    place, what, when
        Where it stands in the problem, what it is, and its day and time in words.
    span
        Its minutes.
    clinicians, clients
        Who is surely in it.
    kind
        The type of a session that is surely in person; else ``None``.
    sites
        Where that session may be.
    """

    place: str
    what: str
    when: str
    span: Interval
    clinicians: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    kind: SessionType | None = None
    sites: Sites = ()


def at_two_places(view: View) -> Iterator[Fault]:
    """Find clinicians and clients whose usual times, groups or meetings overlap: nobody can keep both.

    Of two that are asked for every second week, both are asked for in this one.
    """
    for role in ("clinicians", "clients"):
        by_person: dict[str, list[Usual]] = defaultdict(list)
        for usual in usual_times(view):
            for code in getattr(usual, role):
                by_person[code].append(usual)
        for code, own in by_person.items():
            own.sort(key=lambda usual: usual.span)
            for number, usual in enumerate(own):
                for earlier in own[:number]:
                    if overlaps(earlier.span, usual.span):
                        who = f"{role[:-1]} {code}"
                        expected = f"a time at which {who} is not in {earlier.what} ({earlier.place}) as well"
                        yield Fault("usual_times_overlap", usual.place, usual.when, expected)


def elsewhere(view: View) -> Iterator[Fault]:
    """Find usual times at which the named clinician is not at work, or not where the session has to be.

    Leave and closures are of one week: what is usual otherwise contradicts nothing.
    """
    for i, request in enumerate(view.problem.requests):
        kind, client = view.session_types.get(request.session_type), view.clients.get(request.client)
        if request.standing is None or request.group is not None or kind is None or client is None:
            continue
        person = view.clinicians.get(request.clinician or client.clinician or "")
        start = _minute(view, request.standing.day, request.standing.start)
        if person is None or start // DAY in view.closed:
            continue
        seen = request.mode is AllowedMode.IN_PERSON or not person.telehealth
        site = request.site if seen else None
        periods = view.seeing[person.id] if seen else view.working[person.id]
        periods = periods if site is None else view.seeing_at(person.id, site)
        span = over_midnight(sorted(periods))
        if not any(a <= start and start + kind.minutes <= b for a, b in span):
            there = f" at {site}" if site is not None else " in person" if seen else ""
            expected = f"a time at which clinician {person.id} is at work{there} for {kind.minutes} minutes"
            when = shown_minute(view, start)
            yield Fault("usual_times_elsewhere", f"requests[{i}].standing", when, expected)


def usual_times(view: View) -> Iterator[Usual]:
    """Yield what has a usual time in the week that is planned."""
    yield from _of_requests(view)
    yield from _of_groups(view)
    for i, meeting in enumerate(view.problem.meetings):
        start = view.minute(meeting.start)
        if 0 <= start < WEEK:
            what, span = f"the meeting {meeting.id}", (start, start + meeting.minutes)
            yield Usual(f"meetings[{i}]", what, shown_minute(view, start), span, meeting.clinicians)


def _of_requests(view: View) -> Iterator[Usual]:
    for i, request in enumerate(view.problem.requests):
        kind, client = view.session_types.get(request.session_type), view.clients.get(request.client)
        if request.standing is None or request.group is not None or kind is None or client is None:
            continue
        who = request.clinician or client.clinician
        start = _minute(view, request.standing.day, request.standing.start)
        in_person = request.mode is AllowedMode.IN_PERSON and kind.room_kind is not None
        yield Usual(
            place=f"requests[{i}].standing",
            what=f"request {request.id}",
            when=shown_minute(view, start),
            span=(start, start + kind.minutes),
            clinicians=(who,) if who else (),
            clients=(client.id,),
            kind=kind if in_person else None,
            sites=_sites(view, request.site, who, start),
        )


def _of_groups(view: View) -> Iterator[Usual]:
    """Yield the sessions of groups that can be at no other time."""
    for i, group in enumerate(view.problem.groups):
        kind = view.session_types.get(group.session_type)
        if kind is None or len(group.slots) != group.sessions:
            continue
        led = group.facilitators if len(group.facilitators) == kind.facilitators else ()
        in_person = group.mode is Mode.IN_PERSON and kind.room_kind is not None
        for j, slot in enumerate(group.slots):
            start = _minute(view, slot.day, slot.start)
            yield Usual(
                place=f"groups[{i}].slots[{j}]",
                what=f"group {group.id}",
                when=shown_minute(view, start),
                span=(start, start + kind.minutes),
                clinicians=led,
                clients=tuple(asked.client for asked in view.asking.get(group.id, ())),
                kind=kind if in_person else None,
                sites=_sites(view, group.site, led[0] if led else None, start),
            )


def _sites(view: View, site: str | None, clinician: str | None, minute: int) -> Sites:
    """Return where a session may be at a minute of the week, as far as it and the working periods say."""
    person = view.clinicians.get(clinician or "")
    for period in () if person is None or site is not None else person.working:
        start = _minute(view, period.day, period.start)
        if start <= minute < start + period.end - period.start:
            site = period.site
    if site is not None:
        return (site,)
    own = () if person is None else person.sites
    return own or tuple(each.id for each in view.problem.sites if not each.telehealth_only) or (None,)


def _minute(view: View, day: Weekday, minute: int) -> int:
    """Return a weekday's minute after the first minute of the week."""
    return (day.number - view.problem.week_start.weekday()) % 7 * DAY + minute


def shown_minute(view: View, minute: int) -> str:
    """Return a minute of the week as ``mon 09:00``."""
    day = (view.problem.week_start.weekday() + minute // DAY) % 7
    return f"{list(Weekday)[day]} {format_clock(minute % DAY)}"


CHECKS: tuple[Check, ...] = (at_two_places, elsewhere)
