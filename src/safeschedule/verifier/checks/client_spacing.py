"""Check of the rule ``client_spacing``: sessions of a client are spread over the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from safeschedule.problem import Client, Setting
from safeschedule.verifier import courses, wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.hours import weekday_number
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each date with too many sessions of a client or request, and what else is too near or uneven."""
    exempt = setting.names("exempt")
    past = _past(week, exempt)
    found = _dates(week, exempt)
    for code, dates in sorted(found.items()):
        yield from _daily(week, setting, code, dates)
        yield from _pairs(week, setting, code, sorted(dates), past.get(code, set()))
    for client in week.clients.values():
        yield from _programme(week, setting, client, found.get(client.id, Counter()))
    yield from courses.check(week, setting)


def _dates(week: Week, exempt: tuple[str, ...]) -> dict[str, Counter[int]]:
    found: dict[str, Counter[int]] = {}
    for session in week.sessions:
        if session.kind is not None and session.kind not in exempt:
            for client in session.clients:
                found.setdefault(client, Counter())[session.day] += 1
    return found


def _past(week: Week, exempt: tuple[str, ...]) -> dict[str, set[int]]:
    # Only last week's seven dates, as negative days.
    found: dict[str, set[int]] = {}
    for past in week.problem.history.appointments:
        day = week.minute(past.start) // 1440
        if -7 <= day < 0 and past.kind.value not in exempt:
            found.setdefault(past.client, set()).add(day)
    return found


def _daily(week: Week, setting: Setting, client: str, dates: Counter[int]) -> Iterator[Finding]:
    own = week.clients[client].daily_sessions
    most = setting.whole("day") if own is None else own
    for day, found in sorted(dates.items()):
        if found > most:
            sentence = (
                f"{client} has {wording.count(found, 'session')} on {week.day_name(day)}; "
                f"at most {most} {'is' if most == 1 else 'are'} allowed."
            )
            when = week.beginning(day)
            yield report(setting, [client], when, str(found), str(most), sentence, found - most)


def _programme(week: Week, setting: Setting, client: Client, dates: Counter[int]) -> Iterator[Finding]:
    """Yield what a day programme's own limits find: dates with too few, five dates with too many."""
    least = client.daily_least or 0
    weekdays = {weekday_number(w.day) for w in client.windows if w.start < w.end}
    for day, date in enumerate(week.dates):
        found = dates[day]
        comes = client.comes_daily and (not client.windows or date.weekday() in weekdays)
        comes = comes and day not in week.closed
        if found < least and (found or comes):
            rest = "" if comes else " on a day with any"
            sentence = (
                f"{client.id} has {wording.count(found, 'session')} on {week.day_name(day)}; "
                f"at least {least} {'is' if least == 1 else 'are'} due{rest}."
            )
            when = week.beginning(day)
            yield report(setting, [client.id], when, str(found), str(least), sentence, least - found)
    most = client.five_day_sessions
    for first in range(len(week.dates) - 4) if most is not None else ():
        total = sum(dates[day] for day in range(first, first + 5))
        if most is not None and total > most:
            sentence = (
                f"{client.id} has {total} sessions in the five dates from {week.day_name(first)} on; "
                f"at most {most} are allowed."
            )
            when = week.moment(first * 1440)
            yield report(setting, [client.id], when, str(total), str(most), sentence, total - most)


def _pairs(week: Week, setting: Setting, client: str, dates: list[int], past: set[int]) -> Iterator[Finding]:
    own = week.clients[client].days_between
    least = setting.whole("days") if own is None else own
    for day in dates:
        for before in sorted(past | {other for other in dates if other < day}):
            between = day - before - 1
            if between < least:
                earlier = week.day_name(before) if before >= 0 else "last week"
                sentence = (
                    f"{client} has sessions on {earlier} and {week.day_name(day)} with "
                    f"{wording.count(between, 'free day')} between; {least} are due."
                )
                when = week.beginning(day)
                yield report(setting, [client], when, str(between), str(least), sentence)
