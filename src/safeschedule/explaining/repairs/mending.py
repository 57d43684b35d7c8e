"""Pulls levers as little as will do: the least of each is found by solving, then applied and solved again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.explaining.clashes.condition import Condition, Core
from safeschedule.explaining.clashes.facts import without
from safeschedule.explaining.clashes.few import people_of, with_few
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.clashes.useful import not_elsewhere
from safeschedule.explaining.repairs import extra, hours
from safeschedule.explaining.repairs.applying import applied
from safeschedule.explaining.repairs.least import least
from safeschedule.explaining.repairs.levers import Capacity, Lever, Levers
from safeschedule.explaining.repairs.overtime import with_less_overtime
from safeschedule.explaining.repairs.planning import planned, safe_without
from safeschedule.explaining.repairs.repair import Repair
from safeschedule.explaining.repairs.softening import soft_rules, softened
from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Rows
from safeschedule.problem import Problem
from safeschedule.solving.budget import Budget

# What levers cost beside each other: a minute of hours, an amount of a rule, a session without a place.
_MINUTE, _RULE, _LOST = 16, 960, 3840
# What hours cost the more, the further they are from those of the rota: less than a minute in all.
_FAR = 15


@dataclass
class _Trial:
    """A week with levers pulled as far as they go."""

    problem: Problem
    cores: Sequence[Core]
    codes: dict[Capacity, str] = field(default_factory=dict)


def mend(oracle: Oracle, levers: Levers, cores: Sequence[Core], budget: Budget) -> Repair | None:
    """Return the least that these levers have to give; ``None`` when it does not make the week possible.

    Parameters
    ----------
    oracle
        Of the week.
    levers
        What may give way.
    cores
        What they are to break: the least is first looked for among the clinicians whom these are about.
    budget
        For all of it.
    """
    trial = _pulled(oracle, levers, cores)
    near = people_of(oracle.base, [*cores, [lever for lever in levers if isinstance(lever, Condition)]])
    everybody = {person.id for person in oracle.base.clinicians}
    for people in (near, everybody)[near >= everybody :]:
        found = _least(trial, oracle, levers, people, budget)
        repair = None if found is None else _tried(oracle, levers, trial, *found)
        if repair is not None:
            return with_less_overtime(oracle, levers, repair, people)
    return None


def _tried(oracle: Oracle, levers: Levers, trial: _Trial, index: Index, rows: Rows) -> Repair | None:
    """Return what rows ask of levers as a repair, if the week is then possible and no safety rule suffers."""
    change = applied(oracle, levers, trial.codes, trial.cores, index, rows)
    if change is None:
        return None
    schedule = planned(change.problem, oracle.budget, oracle.seed)
    if schedule is None or not safe_without(oracle.problem, change.problem, schedule):
        return None
    return Repair(change.steps(schedule), change.problem, schedule)


def _pulled(oracle: Oracle, levers: Levers, cores: Sequence[Core]) -> _Trial:
    trial = _Trial(oracle.base, cores)
    for capacity in (lever for lever in levers if isinstance(lever, Capacity)):
        trial.problem, trial.codes[capacity] = extra.added(trial.problem, capacity, cores)
    facts = [lever for lever in levers if isinstance(lever, Condition) and lever.kind != "rule"]
    trial.problem = softened(without(trial.problem, facts), soft_rules(levers), others_off=True)
    if any(fact.key[0] == "pinned_groups" for fact in facts):
        # Another time for a group is looked for when the week is planned.
        trial.problem = _without_open_groups(trial.problem)
    return trial


def _without_open_groups(problem: Problem) -> Problem:
    held = {pin.group for pin in problem.pinned_groups}
    requests = tuple(r for r in problem.requests if r.group is None or r.group in held)
    return problem.model_copy(update={"requests": requests})


def _least(
    trial: _Trial, oracle: Oracle, levers: Levers, people: set[str], budget: Budget
) -> tuple[Index, Rows] | None:
    """Return the rows of a schedule that asks as little as possible of the levers."""
    near = {*people, *trial.codes.values()}
    index = Index(with_few(trial.problem, near), over=lambda: budget.interrupted)
    # What is asked of the others is seen to when the repair is tried.
    who = sorted(number for code, number in index.clinician_number.items() if code in near)
    asked = dict.fromkeys(oracle.personal, who)
    try:
        build = encode(index, not_elsewhere(index, candidates(index, asked=asked)), asked=asked)
    except InterruptedWorkError:
        return None
    rows = least(build, list(_costs(build, trial, oracle, levers)), budget, oracle.seed)
    return None if rows is None else (index, rows)


def _costs(
    build: Build, trial: _Trial, oracle: Oracle, levers: Levers
) -> Iterator[tuple[int, cp_model.IntVar]]:
    """Yield what levers have to give: minutes, amounts of rules, and sessions that lose their place."""
    for lever in levers:
        code = trial.codes[lever] if isinstance(lever, Capacity) else str(lever.key[0])
        for number in _timed(build, lever, code):
            yield _minutes(build.rows, oracle, lever, code, number), build.row_vars[number]
    for name in soft_rules(levers):
        yield from ((_RULE * factor, variable) for factor, variable in build.amounts.get(name, ()))
    freed = {lever.key for lever in levers if isinstance(lever, Condition) and lever.kind == "pin"}
    for place, position in sorted(freed, key=str):
        if place == "pinned_appointments":
            request = build.index.request_number[oracle.base.pinned_appointments[int(position)].request]
            kept = np.flatnonzero((build.rows.request == request) & build.rows.is_visit).tolist()
            yield from ((-_LOST, build.row_vars[n]) for n in kept)


def _timed(build: Build, lever: Lever, code: str) -> list[int]:
    if lever.kind in ("hours", "leave") or (isinstance(lever, Capacity) and lever.form != "room"):
        return [int(n) for n in hours.held_by(build.index, build.rows, code)]
    return []


def _minutes(rows: Rows, oracle: Oracle, lever: Lever, code: str, number: int) -> int:
    """Return what a row costs that takes time which is not there yet."""
    start, end = int(rows.start[number]), int(rows.end[number])
    if isinstance(lever, Capacity):
        return _MINUTE * (end - start)
    if lever.kind == "leave":
        return _MINUTE * hours.inside([hours.leave_span(oracle.base, lever)], start, end)
    person = oracle.base.by_code.clinicians[code]
    own = [(a, b) for a, b, _ in hours.periods_of(oracle.base, person)]
    if any(a <= start and end <= b for a, b in own):
        return 0
    # A row that lies in two periods needs them joined, which is a minute's worth at least.
    minutes = max(1, hours.outside(own, start, end))
    apart = min((max(0, a - end, start - b) for a, b in own), default=0)
    return _MINUTE * minutes + min(_FAR, apart // 60)
