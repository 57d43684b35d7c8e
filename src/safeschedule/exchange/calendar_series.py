"""Recurring events, kept to the days that are asked for: what lies outside is not gone through.

A library steps through a series from its beginning. That of a daily meeting since 1990 has thousands of
steps, and a rule that never comes true goes on to the year 9999. What happens in the days asked for stays the
same.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from math import prod
from typing import Any

_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_DAYS = {"DAILY": 1, "WEEKLY": 7}
_WITHIN = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_A_DAY = 23
_DAY = timedelta(days=1)


class TooOftenError(Exception):
    """An event takes place every hour or oftener: no meeting does."""


def bound(event: Any, first: datetime, last: datetime) -> int:
    """Change an event so that its series is about these days, and return how many steps it has.

    Parameters
    ----------
    event
        A VEVENT as icalendar gives it.
    first, last
        The days, in whatever time zone, and with those from which something was moved into them.

    Raises
    ------
    TooOftenError
        It takes place every hour or oftener.
    ValueError, AttributeError
        It cannot be read.
    """
    given = event.get("RRULE")
    rules = given if isinstance(given, list) else [given]
    if not any(rules):
        # Some programs write a rule without anything in it.
        event.pop("RRULE", None)
        return 0
    for rule in rules:
        _look(rule)
    begin = event["DTSTART"].dt
    rules = [rule for rule in rules if not _never(rule)]
    if not rules:
        del event["RRULE"]
        return 0
    # A series that has a number of times has to be counted from its start.
    endless = [rule for rule in rules if "COUNT" not in rule]
    for rule in endless:
        _end(rule, begin, last)
    if len(rules) == 1 and endless and _one(rules[0], "FREQ") in _DAYS:
        _begin_later(event, rules[0], begin, first)
    return sum(_steps(rule, event["DTSTART"].dt, last) for rule in rules)


def _one(rule: Any, name: str, default: Any = None) -> Any:
    found = rule.get(name, default)
    return found[0] if isinstance(found, list) else found


def _look(rule: Any) -> None:
    if _one(rule, "FREQ") in _OFTEN or prod(len(rule.get(name, [0])) for name in _WITHIN) > _MOST_A_DAY:
        raise TooOftenError
    if int(_one(rule, "INTERVAL", 1)) < 1:
        raise ValueError("an interval of nothing goes on for ever")


def _never(rule: Any) -> bool:
    """Return whether no month of a rule has a day of it, such as 30 February."""
    months, days = rule.get("BYMONTH", ()), rule.get("BYMONTHDAY", ())
    longest = [monthrange(2024, int(month))[1] for month in months]
    return bool(months and days) and all(abs(int(day)) > most for day in days for most in longest)


def _end(rule: Any, begin: date, last: datetime) -> None:
    """Let a rule end soon after the days, as its event's start says time."""
    soon = last + 2 * _DAY
    until = _one(rule, "UNTIL")
    if until is not None and _day(until) <= soon.date():
        return
    if not isinstance(begin, datetime):
        rule["UNTIL"] = [soon.date()]
    else:
        rule["UNTIL"] = [soon if begin.tzinfo is None else soon.replace(tzinfo=UTC)]


def _begin_later(event: Any, rule: Any, begin: date, first: datetime) -> None:
    """Let a series of days or weeks begin soon before the days: later by whole intervals."""
    interval = _DAYS[_one(rule, "FREQ")] * int(_one(rule, "INTERVAL", 1))
    end = event["DTEND"].dt if "DTEND" in event else begin
    length = max(_day(end) - _day(begin), _length(event), timedelta()) + 2 * _DAY
    ahead = (first.date() - length - _day(begin)).days // interval - 1
    if ahead < 1:
        return
    later = timedelta(days=ahead * interval)
    for name in ("DTSTART", "DTEND"):
        if name in event:
            event[name].dt = event[name].dt + later


def _length(event: Any) -> timedelta:
    found = event["DURATION"].dt if "DURATION" in event else timedelta()
    return found if isinstance(found, timedelta) else timedelta()


def _steps(rule: Any, begin: date, last: datetime) -> int:
    """Return how many steps a series has at most up to the days."""
    days = max(0, (last.date() - _day(begin)).days + 1)
    freq, times = _one(rule, "FREQ"), prod(len(rule.get(name, [0])) for name in _WITHIN)
    if freq in _DAYS:
        found = days // _DAYS[freq] * (len(rule.get("BYDAY", [0])) if freq == "WEEKLY" else 1)
    elif freq == "MONTHLY":
        found = days // 28 * (31 if "BYDAY" in rule or "BYMONTHDAY" in rule else 1)
    else:
        by_month = 31 * len(rule["BYMONTH"]) if "BYMONTH" in rule else 366
        wide = any(name in rule for name in ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"))
        found = days // 365 * (by_month if wide else len(rule.get("BYMONTH", [0])))
    return found * times


def _day(moment: date | time) -> date:
    assert isinstance(moment, date)
    return moment.date() if isinstance(moment, datetime) else moment
