"""In which half-days of the week more of a supervisor would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.repairs.extra import team_hours
from safeschedule.explaining.repairs.hours import with_clinician
from safeschedule.explaining.repairs.repair import Repair
from safeschedule.problem import Problem, WorkingPeriod
from safeschedule.solving.budget import Budget
from safeschedule.verifier.wording import weekday_name


def with_half_days(repair: Repair, before: Problem, budget: Budget, seed: int) -> Repair:
    """Return a repair by one supervisor's time alone, with all half-days in which that could be.

    Each is tried by solving; other repairs, and those of which a half-day is not decided, stay as they are.
    """
    if [step.kind for step in repair.steps] != ["supervisor"] or repair.tier != "capacity":
        return repair
    known = {person.id for person in before.clinicians}
    (code,) = [person.id for person in repair.problem.clinicians if person.id not in known]
    found: dict[str, list[str]] = {}
    for day, part, period in _halves(before):
        answer = _possible(repair.problem, code, period, budget, seed)
        if answer is None:
            return repair
        if answer:
            found.setdefault(day, []).append(part)
    if not found:
        return repair
    times = _times(found)
    step = repair.steps[0]
    amount = f"{words.duration(step.amount)} of a supervisor, protected time included"
    sentence = f"{amount}, are missing on {' or '.join(times)}."
    return replace(repair, steps=(replace(step, sentence=sentence),))


def _times(found: dict[str, list[str]]) -> list[str]:
    """Return when, as "Monday or Tuesday", "Friday morning": whole days first."""
    by_part: dict[str, list[str]] = {}
    for day, parts in found.items():
        by_part.setdefault(parts[0] if len(parts) == 1 else "", []).append(day)
    return [f"{words.listing(by_part[part], 'or')} {part}".rstrip() for part in sorted(by_part)]


def _halves(problem: Problem) -> Iterator[tuple[str, str, WorkingPeriod]]:
    """Yield weekday, "morning" or "afternoon", and the team's hours then."""
    midday = problem.rulebook.midday
    for whole in team_hours(problem):
        day, start, end = whole.day, whole.start, whole.end
        for part, low, high in (("morning", start, min(end, midday)), ("afternoon", max(start, midday), end)):
            if low < high:
                yield weekday_name(day.number), part, WorkingPeriod(day=day, start=low, end=high)


def _possible(problem: Problem, code: str, period: WorkingPeriod, budget: Budget, seed: int) -> bool | None:
    oracle = Oracle(with_clinician(problem, code, {"working": (period,)}), budget, seed)
    return oracle.possible(oracle.everything)
