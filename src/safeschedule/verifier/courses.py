"""Courses: what the rule ``client_spacing`` asks of the sessions of one request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from safeschedule.problem import Request, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield what is too many, too near or at another time of day among the sessions of one request."""
    exempt = setting.names("exempt")
    found: dict[str, tuple[Request, list[Session]]] = {}
    for session in week.sessions:
        counts = session.kind is not None and session.kind not in exempt and session.group is None
        if counts and session.request is not None and session.request.group is None:
            found.setdefault(session.request.id, (session.request, []))[1].append(session)
    # Through the sessions, not through every request: few are judged at a time, of few requests.
    for request, held in found.values():
        # One session is neither too many, too near, nor at two times. Unknown clients are told elsewhere.
        if request.client in week.clients and len(held) > 1:
            dates = Counter(session.day for session in held)
            yield from _daily(week, setting, request, dates)
            yield from _pairs(week, setting, request, sorted(dates))
            if request.same_time:
                yield from _times(week, setting, request, held)


def _daily(week: Week, setting: Setting, request: Request, dates: Counter[int]) -> Iterator[Finding]:
    own = week.clients[request.client].daily_sessions
    client = setting.whole("day") if own is None else own
    most = setting.whole("course") if request.daily_sessions is None else request.daily_sessions
    for day, found in sorted(dates.items()):
        if found > most and most < client:
            sentence = (
                f"{request.client} has {wording.count(found, 'session')} of {request.id} on "
                f"{week.day_name(day)}; at most {most} of a course {'is' if most == 1 else 'are'} allowed."
            )
            who, when = [request.client, request.id], week.moment(day * 1440)
            yield report(setting, who, when, str(found), str(most), sentence, found - most)


def _pairs(week: Week, setting: Setting, request: Request, dates: list[int]) -> Iterator[Finding]:
    own, least = week.clients[request.client].days_between, request.days_between or 0
    if least <= (setting.whole("days") if own is None else own):
        return
    for before, day in combinations(dates, 2):
        between = day - before - 1
        if between < least:
            sentence = (
                f"{request.client} has sessions of {request.id} on {week.day_name(before)} and "
                f"{week.day_name(day)} with {wording.count(between, 'free day')} between; "
                f"{least} are due in this course."
            )
            who, when = [request.client, request.id], week.moment(day * 1440)
            yield report(setting, who, when, str(between), str(least), sentence)


def _times(week: Week, setting: Setting, request: Request, held: list[Session]) -> Iterator[Finding]:
    first: dict[int, Session] = {}
    for session in sorted(held, key=lambda session: session.start):
        first.setdefault(session.start % 1440, session)
    if len(first) > 1:
        times = [week.moment(session.start).strftime("%H:%M") for session in first.values()]
        sentence = (
            f"Sessions of {request.id} with {request.client} start at {wording.listing(times)}; "
            "one time of day is asked for."
        )
        when = week.moment(list(first.values())[1].start)
        who = [request.client, request.id]
        yield report(setting, who, when, str(len(first)), "1", sentence, len(first) - 1)
