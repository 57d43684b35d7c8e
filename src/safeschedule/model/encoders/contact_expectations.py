"""Encoder of ``contact_expectations``: each date without a due contact, and each missing review, costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.absences import worked_on
from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import groups
from safeschedule.model.spans import DAYS
from safeschedule.model.variables import Var
from safeschedule.problem import Client, Setting

HELPERS = ("expected",)


@dataclass(frozen=True)
class Expected:
    """What is expected of each client's week, by client.

    Parameters
    ----------
    late
        On how many dates of the week from a date on (0 to `DAYS`) the client can be late.
    rank
        What each date costs on which the client is late.
    review
        What a missing review costs, 0 when none is due.
    sessions, reviews
        How many sessions, and how many of the kind review, the client's requests ask for.
    """

    late: Ints
    rank: Ints
    review: Ints
    sessions: Ints
    reviews: Ints

    @property
    def most(self) -> int:
        """What it costs when nobody is seen."""
        return int((self.rank * self.late[:, 0]).sum() + self.review.sum())


def expected(index: Index, setting: Setting) -> Expected:
    """Return what is expected of the week."""
    return index.once("contact_expectations", lambda: _expected(index, setting), setting)


def _expected(index: Index, setting: Setting) -> Expected:
    today = index.problem.week_start
    seen = {c.id: (c.last_contact - today).days for c in index.clients if c.last_contact is not None}
    for past in index.problem.history.appointments:
        day = (past.start.date() - today).days
        seen[past.client] = max(day, seen.get(past.client, day))

    def late(client: Client) -> list[int]:
        if client.clinician is None or client.id not in seen:
            return [0] * (DAYS + 1)
        first = seen[client.id] + index.bands[client.band].contact_days
        clinician = index.clinician_number[client.clinician]
        dates = [day for day in range(max(0, first), DAYS) if worked_on(index, clinician, day)]
        return [sum(day >= begin for day in dates) for begin in range(DAYS + 1)]

    def review(client: Client) -> int:
        due = client.next_review is not None and (client.next_review - today).days < DAYS
        return setting.whole("review") if due else 0

    def each(value: Callable[[Client], int]) -> Ints:
        return np.array([value(client) for client in index.clients], dtype=np.int64)

    def total(counts: Ints) -> Ints:
        return np.bincount(index.asking_client, counts, len(index.clients)).astype(np.int64)

    return Expected(
        np.array([late(client) for client in index.clients], dtype=np.int64).reshape(-1, DAYS + 1),
        each(lambda client: index.bands[client.band].rank),
        each(review),
        total(index.counts[: len(index.requests)]),
        total((index.counts * _reviews(index))[: len(index.requests)]),
    )


def _reviews(index: Index) -> Bools:
    """Return by request whether its sessions are reviews."""
    return index.once("reviews", lambda: index.of_kind("review"))


def gains(index: Index, setting: Setting) -> Ints:
    """Return by request and date what a session there spares when the client has no other."""
    asked = expected(index, setting)
    clients = index.asking_client
    reviews = np.where(_reviews(index)[: len(clients)], asked.review[clients], 0)
    found: Ints = _contact_gains(asked)[clients] + reviews[:, None]
    return found


def _contact_gains(asked: Expected) -> Ints:
    """Return by client and date what the first session spares: the late dates from its date on."""
    found: Ints = asked.rank[:, None] * asked.late[:, :DAYS]
    return found


def asks(index: Index, setting: Setting) -> Bools:
    """Return by request whether it may be a session for which the rule asks when it is hard."""
    asked = expected(index, setting)
    clients = index.asking_client
    found: Bools = (asked.late[:, 0] > 0)[clients] | (
        _reviews(index)[: len(clients)] & (asked.review > 0)[clients]
    )
    return found


def post(build: Build, setting: Setting) -> None:
    """Charge what it costs when nobody is seen, less what sessions spare."""
    if setting.hard:
        _demand(build, setting)
        return
    asked = expected(build.index, setting)
    # Not a constant: the objective is then the negated amount, whatever is placed.
    build.require(setting, [], asked.most)
    _spare(build, setting, asked)
    _spare_shared(build, setting, asked)


def _demand(build: Build, setting: Setting) -> None:
    """Post a session up to each client's first date, and each review."""
    index, plan, asked = build.index, build.plan, expected(build.index, setting)
    held = {client: members for (client,), members in groups(build.plan_client, where=plan.is_visit)}
    is_review = plan.of_visits(_reviews(index))
    nothing = np.zeros(0, dtype=np.int64)
    for client in sorted(build.moving_clients):
        mine = held.get(client, nothing)
        if asked.late[client, 0]:
            # The first date on which the client would be late.
            first = int(np.flatnonzero(asked.late[client] < asked.late[client, 0])[0]) - 1
            early = mine[build.plan_date[mine] <= first]
            build.require(setting, [build.plan_vars[m] for m in early], 1)
        if asked.review[client]:
            build.require(setting, [build.plan_vars[m] for m in mine[is_review[mine]]], 1)


def _spare(build: Build, setting: Setting, asked: Expected) -> None:
    """Let each plan entry spare what it does, of clients with one session (one review) at most."""
    index, plan = build.index, build.plan
    sessions = np.flatnonzero(plan.is_visit)
    client, day = build.plan_client[sessions], build.plan_date[sessions]
    is_review = _reviews(index)[plan.request[sessions]]
    spared = np.where(asked.sessions[client] == 1, _contact_gains(asked)[client, day], 0)
    spared += np.where(is_review & (asked.reviews[client] == 1), asked.review[client], 0)
    terms = build.amounts[setting.rule.id]
    for entry, amount in zip(sessions[spared > 0].tolist(), spared[spared > 0].tolist(), strict=True):
        terms.append((-amount, build.plan_vars[entry]))


def _spare_shared(build: Build, setting: Setting, asked: Expected) -> None:
    """Let several sessions of a client spare what their first does, and several reviews what one does."""
    index, plan = build.index, build.plan
    several = (asked.sessions > 1) & (asked.late[:, 0] > 0)
    several_reviews = (asked.reviews > 1) & (asked.review > 0)
    counted = plan.of_visits(several[index.asking_client])
    for (client,), members in groups(build.plan_client, where=counted):
        dates = build.plan_date[members]
        # Dates up to whose end the same entries may have been held go together.
        bounds = sorted(set(dates.tolist()))
        for day, until in zip(bounds, [*bounds[1:], DAYS], strict=True):
            spared = int(asked.rank[client] * (asked.late[client, day] - asked.late[client, until]))
            if spared:
                _spare_by(build, setting, [build.plan_vars[m] for m in members[dates <= day]], spared)
    clients = index.asking_client
    counted = plan.of_visits(several_reviews[clients] & _reviews(index)[: len(clients)])
    for (client,), members in groups(build.plan_client, where=counted):
        _spare_by(build, setting, [build.plan_vars[m] for m in members], int(asked.review[client]))


def _spare_by(build: Build, setting: Setting, sessions: list[Var], amount: int) -> None:
    """Spare the amount when one of the sessions is held."""
    if sessions:
        literal = build.model.new_bool_var("")
        build.model.add(cp_model.LinearExpr.sum(sessions) >= literal)
        build.amounts[setting.rule.id].append((-amount, literal))
