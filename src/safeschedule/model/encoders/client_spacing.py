"""Encoder of ``client_spacing``: sessions of a client, and of a request, a day, and free days between."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.courses import course_days, course_gaps, courses
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import groups
from safeschedule.model.spans import DAYS
from safeschedule.model.variables import top
from safeschedule.problem import Client, Setting
from safeschedule.problem.clock import DAY

HELPERS = ("most_daily", "days_between", "due_days")

Dates = dict[int, Ints | None]


def daily(index: Index, setting: Setting) -> Ints:
    """Return by request the most sessions on one date."""
    exempt = index.of_kind(*setting.names("exempt")) | index.pools
    exempt[len(index.requests) :] = True
    most = np.append(course_days(index, setting), np.zeros(len(index.groups), dtype=np.int64))
    return np.where(exempt, index.counts, np.minimum(index.counts, most))


def asks(index: Index, setting: Setting) -> Bools:
    """Return by request whether the client comes daily: then the hard rule asks for sessions."""
    daily = [client.comes_daily and bool(client.daily_least) for client in index.clients]
    clients = index.asking_client
    exempt = index.of_kind(*setting.names("exempt"))[: len(clients)]
    found: Bools = np.array(daily, dtype=bool)[clients] & ~exempt
    return found


def most_daily(setting: Setting, client: Client) -> int:
    """Return the most sessions of a client on one date."""
    return setting.whole("day") if client.daily_sessions is None else client.daily_sessions


def days_between(setting: Setting, client: Client) -> int:
    """Return the least free dates between two dates of a client."""
    return setting.whole("days") if client.days_between is None else client.days_between


def due_days(index: Index, client: Client) -> set[int]:
    """Return the dates on which a client comes who comes daily: all open ones on which it can."""
    if not client.daily_least or not client.comes_daily:
        return set()
    spans = index.window_spans(client.windows)
    days = {start // DAY for start, end in spans if start < end} if spans else set(range(DAYS))
    return days - index.closed


def post(build: Build, setting: Setting) -> None:
    """Post the daily limit and the distance between dates of each client."""
    index = build.index
    dates = _dates(build, setting)
    for number, entries in dates.items():
        client = index.clients[number]
        between = days_between(setting, client)
        most = most_daily(setting, client)
        if setting.hard and most == 1:
            _post_windows(build, entries, between)
        else:
            for members in entries.values():
                if members is not None:
                    build.limit(setting, [build.plan_vars[m] for m in members], most)
            _post_distances(build, setting, entries, between)
        if client.five_day_sessions is not None:
            _post_five_days(build, setting, entries, client.five_day_sessions)
        if client.daily_least and not client.comes_daily and number in build.moving_clients:
            _post_least(build, setting, entries, client.daily_least)
    for number, client in enumerate(index.clients):
        if client.daily_least and client.comes_daily and number in build.moving_clients:
            _post_every_day(build, setting, dates.get(number, {}), client)
    _post_courses(build, setting)


def _post_courses(build: Build, setting: Setting) -> None:
    """Post what is asked of each request by itself, where it is stricter than what is asked of the client."""
    index = build.index
    counted = build.plan.of_visits(courses(index, setting))
    dates: dict[int, Dates] = defaultdict(dict)
    for (request, day), found in groups(build.plan.request, build.plan_date, where=counted):
        dates[request][day] = found
    most, between = course_days(index, setting), course_gaps(index, setting)
    for request, entries in dates.items():
        asked = index.requests[request]
        client = index.clients[index.client_number[asked.client]]
        if most[request] < most_daily(setting, client):
            for members in entries.values():
                if members is not None:
                    build.limit(setting, [build.plan_vars[m] for m in members], int(most[request]))
        if between[request] > days_between(setting, client):
            _post_distances(build, setting, entries, int(between[request]))
        if asked.same_time:
            _post_time(build, setting, request)


def _post_time(build: Build, setting: Setting, request: int) -> None:
    """Post that sessions of a request start at one time of day; of a plan, in one half of it."""
    rows, variables, _ = build.finest
    when = build.rows.start % DAY if build.exact else build.plan_time % 2
    used = []
    for _, members in groups(when, where=rows.is_visit & (rows.request == request)):
        held = [variables[m] for m in members]
        literal = build.model.new_bool_var("")
        most = min(sum(top(v) for v in held), int(build.index.counts[request]))
        build.model.add(cp_model.LinearExpr.sum(held) <= most * literal)
        used.append(literal)
    build.limit(setting, used, 1)


def _post_five_days(build: Build, setting: Setting, entries: Dates, most: int) -> None:
    """Post the limit of each five dates in a row of the week."""
    for first in range(DAYS - 4):
        days = [entries.get(day) for day in range(first, first + 5)]
        held = [build.plan_vars[m] for members in days if members is not None for m in members]
        build.limit(setting, held, most)


def _post_every_day(build: Build, setting: Setting, entries: Dates, client: Client) -> None:
    """Post the least sessions of each date on which the client can come."""
    days = due_days(build.index, client)
    for day in sorted(days):
        members = entries.get(day)
        held = [] if members is None else [build.plan_vars[m] for m in members]
        build.require(setting, held, client.daily_least or 0)
    _post_least(build, setting, {d: m for d, m in entries.items() if d not in days}, client.daily_least or 0)


def _post_least(build: Build, setting: Setting, entries: Dates, least: int) -> None:
    """Post the least sessions of each date with any."""
    for members in entries.values():
        if members is not None:
            held = [build.plan_vars[m] for m in members]
            missing = build.slack(setting, least - 1)
            some = build.any_of(members)
            build.model.add(cp_model.LinearExpr.sum(held) + missing >= least * some)


def _dates(build: Build, setting: Setting) -> dict[int, Dates]:
    """Return by client and date the plan entries that count, or ``None`` for a date of the history."""
    index, exempt = build.index, setting.names("exempt")
    dates: dict[int, Dates] = defaultdict(dict)
    for past in index.problem.history.appointments:
        day = (past.start.date() - index.problem.week_start).days
        # Only last week's appointments count, however many free dates are due.
        if -DAYS <= day < 0 and past.kind not in exempt and past.client in index.client_number:
            dates[index.client_number[past.client]][day] = None
    counted = build.plan.of_visits(~(index.of_kind(*exempt) | index.pools))
    for (client, day), members in groups(build.plan_client, build.plan_date, where=counted):
        dates[client][day] = members
    return dates


def _post_windows(build: Build, entries: Dates, between: int) -> None:
    """Post at most one session in any run of dates that are too near to each other: one row for all."""
    days = sorted(entries)
    last = None
    for first in days:
        window = [day for day in days if first <= day <= first + between]
        if window[-1] == last:
            continue
        last = window[-1]
        held = [entries[day] for day in window]
        variables = [build.plan_vars[m] for members in held if members is not None for m in members]
        if any(members is None for members in held):
            for variable in variables:
                build.model.add(variable == 0)
        elif sum(top(variable) for variable in variables) > 1:
            build.model.add_at_most_one(variables)


def _post_distances(build: Build, setting: Setting, entries: Dates, between: int) -> None:
    dates = {day: None if m is None else build.any_of(m) for day, m in entries.items()}
    days = sorted(dates)
    for position, early in enumerate(days):
        for late in days[position + 1 :]:
            pair = [v for v in (dates[early], dates[late]) if v is not None]
            if late - early <= between and pair:
                # A date of the history is certain: then the other one alone is too near.
                build.limit(setting, pair, len(pair) - 1)
