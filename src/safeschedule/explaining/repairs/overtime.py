"""Less overtime where less will do: spans from one grid step on are tried at the edges of working periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.few import with_few
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.repairs import hours
from safeschedule.explaining.repairs.levers import Levers
from safeschedule.explaining.repairs.planning import planned
from safeschedule.explaining.repairs.repair import Repair
from safeschedule.problem import Clinician, Problem
from safeschedule.problem.clock import DAY

# How many spans are tried.
_MOST = 60


def with_less_overtime(oracle: Oracle, levers: Levers, repair: Repair, people: set[str]) -> Repair:
    """Return a repair by one clinician's overtime alone with the shortest span that does, if one does.

    Finding the least while the whole day is open counts breaks and the like that longer hours alone ask for.
    """
    (lever,) = levers if len(levers) == 1 else (None,)
    if not isinstance(lever, Condition) or lever.kind != "hours":
        return repair
    code = str(lever.key[0])
    person = oracle.problem.by_code.clinicians[code]
    grid, (step,) = oracle.problem.grid, repair.steps
    tried = 0
    for minutes in range(grid, step.amount, grid):
        for span in _edges(oracle.problem, person, minutes):
            tried += 1
            if tried > _MOST or oracle.budget.over:
                return repair
            problem = _longer(oracle.problem, person, span)
            near = Oracle(with_few(problem, people), oracle.budget, oracle.seed)
            schedule = None
            if near.possible(near.everything):
                schedule = planned(problem, oracle.budget, oracle.seed)
            if schedule is not None:
                what = f"{code} works {words.duration(minutes)} more: {hours.shown(oracle.problem, [span])}."
                return Repair((replace(step, amount=minutes, sentence=what),), problem, schedule)
    return repair


def _edges(problem: Problem, person: Clinician, minutes: int) -> Iterator[hours.Span]:
    """Yield spans of so many minutes right after and right before working periods, where there is room."""
    periods = [(start, end) for start, end, _ in hours.periods_of(problem, person)]
    for start, end in periods:
        for low, high in ((end, end + minutes), (start - minutes, start)):
            same_date = low >= 0 and low // DAY == (high - 1) // DAY
            if same_date and not any(a < high and low < b for a, b in periods):
                yield low, high


def _longer(problem: Problem, person: Clinician, span: hours.Span) -> Problem:
    longer, _ = hours.more_hours(problem, person, [span])
    contracted = person.contracted_minutes
    more = None if contracted is None else contracted + span[1] - span[0]
    update = {"working": longer.working, "contracted_minutes": more}
    return hours.with_clinician(problem, person.id, update)
