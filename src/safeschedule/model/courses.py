"""Courses: what the rule ``client_spacing`` asks of each request by itself, as figures."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.problem import Setting


def course_days(index: Index, setting: Setting) -> Ints:
    """Return by request the most sessions of it on one date: the client's limit, or its own if lower."""
    found = []
    for request in index.requests:
        client = index.clients[index.client_number[request.client]]
        most = setting.whole("day") if client.daily_sessions is None else client.daily_sessions
        own = setting.whole("course") if request.daily_sessions is None else request.daily_sessions
        found.append(most if request.group is not None else min(most, own))
    return np.array(found, dtype=np.int64)


def course_gaps(index: Index, setting: Setting) -> Ints:
    """Return by request the least free dates between two dates with sessions of it: the client's, or more."""
    found = []
    for request in index.requests:
        client = index.clients[index.client_number[request.client]]
        least = setting.whole("days") if client.days_between is None else client.days_between
        found.append(max(least, request.days_between or 0))
    return np.array(found, dtype=np.int64)


def courses(index: Index, setting: Setting) -> Bools:
    """Return by request whether a limit of its own may bind: it asks for several sessions that count."""
    several = index.counts > 1
    found: Bools = several & ~(index.of_kind(*setting.names("exempt")) | index.of_groups | index.pools)
    return found
