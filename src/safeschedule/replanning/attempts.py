"""The attempts of planning again: as the week is, with the past as no time for anything, with cover named."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.errors import Fault, InputError
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.replanning.changes import Change, ChangedHours, SickCall
from safeschedule.replanning.covers import stand_ins
from safeschedule.replanning.freezing import with_passed_time
from safeschedule.replanning.situation import Situation, situation
from safeschedule.replanning.staging import Staged, staged, unplaced
from safeschedule.replanning.work import ReplanWork

Found = tuple[Situation, Staged | None]
"""Where the search stood, and the best of its stages; ``None``: it did not come so far."""


def first_attempt(work: ReplanWork, problem: Problem, changes: Sequence[Change]) -> tuple[Problem, Found]:
    """Return what is found, with the past as no time for anything where only that has a schedule."""
    away = sorted({c.clinician for c in changes if isinstance(c, SickCall | ChangedHours)})
    if work.freeze is None or not away:
        return problem, _attempt(work, problem, changes)
    found = _attempt(work, problem, changes, calm=True)
    if _has_plan(found[1]):
        return problem, found
    # What has passed is no time for anything new in any case; without it nothing is asked for in vain.
    shorter = with_passed_time(problem, work.schedule, work.freeze, away)
    if _unsound(shorter) or shorter == problem:
        return problem, found if work.budget.over else _attempt(work, problem, changes, moves=True)
    again = _attempt(work, shorter, changes, calm=True, wide=True)
    if not _has_plan(again[1]) and not work.budget.over:
        again = _attempt(work, shorter, changes, moves=True)
    if _has_plan(again[1]):
        work.notes.append(
            f"The time before {work.freeze:%A %H:%M} in which {' and '.join(away)} had nothing "
            "became leave of the kind passed: rules ask for nothing more in it."
        )
    return shorter, again


def with_cover(
    work: ReplanWork, problem: Problem, changes: Sequence[Change], found: Found
) -> tuple[Problem, Found]:
    """Name the cover for what is urgent and has no place with a clinician who is ill; see if it helps."""
    where, stage = found
    if stage is None or not _has_plan(stage) or work.budget.over:
        return problem, found
    left = unplaced(where, stage.decision)
    standing = dict(stand_ins(problem, where, changes, left))
    if not standing:
        return problem, found
    requests = tuple(
        r.model_copy(update={"clinician": standing[r.id]}) if r.id in standing else r
        for r in problem.requests
    )
    named = problem.model_copy(update={"requests": requests})
    if _unsound(named):
        return problem, found
    again = _attempt(work, named, changes)
    if again[1] is None or not _has_plan(again[1]) or not _better(again[1], stage):
        return problem, found
    missed = {again[0].index.requests[n].id for n in unplaced(again[0], again[1].decision)}
    for code in sorted(set(standing) - missed):
        work.notes.append(f"{standing[code]} takes {code} as cover: the changed problem names them for it.")
    return named, again


def _attempt(
    work: ReplanWork,
    problem: Problem,
    changes: Sequence[Change],
    *,
    calm: bool = False,
    wide: bool = False,
    moves: bool = False,
) -> Found:
    """Return the situation and the best that is found; see `staged`."""
    with work.timed("situation"):
        try:
            where = situation(
                work.before, problem, work.schedule, changes, work.freeze, lambda: work.budget.interrupted
            )
        except (ValueError, KeyError) as error:
            fault = Fault("not_plannable", "schedule", "", f"what a plan can say: {error}")
            raise InputError("schedule", [fault]) from error
    if where.past:
        return where, None
    with work.timed("search"):
        try:
            found = staged(
                where, work.most, work.budget, work.seed, work.tell, calm=calm, wide=wide, moves=moves
            )
        except InterruptedWorkError:
            found = None
    return where, found


def _has_plan(found: Staged | None) -> bool:
    """Return whether stages were tried and one has a plan."""
    return found is not None and found.decision.chosen is not None


def _unsound(problem: Problem) -> bool:
    try:
        require_sound(problem)
    except InputError:
        return True
    return False


def _better(one: Staged, other: Staged) -> bool:
    """Return whether a stage's schedule is better, goal by goal."""
    return one.decision.values < other.decision.values
