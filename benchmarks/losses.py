"""Where a schedule's gap comes from: what each decision of the search, once it stands, still allows."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.instances import Instance
from safeschedule.problem import PinnedBlock, PinnedGroup, Problem, Request
from safeschedule.schedule import Schedule

Line = dict[str, Any]


def run(instance: Instance, schedule: Schedule | None, seconds: float, week_seconds: float) -> Iterator[Line]:
    """Yield a line for each decision: the most of the strongest level when it is kept, and what it lost.

    Each decision is pinned in the problem besides those before it, and the relaxation bounds what is left.

    Parameters
    ----------
    instance
        The week; it is solved when there is no schedule.
    seconds
        Of that solve.
    week_seconds
        For each clinician's week, which is made once more where everything else is kept; 0: it is not.
    """
    from safeschedule import solve

    problem = instance.problem()
    if schedule is None:
        schedule = solve(problem, time_limit=seconds).schedule
        if schedule is None:
            raise ValueError(f"no schedule of {instance.name} was found in {seconds} s")
    first = before = _bound(problem)
    yield _line("the relaxation, nothing decided", first, 0, first)
    for name, decide in _DECISIONS.items():
        problem = decide(problem, schedule)
        bound = min(before, _bound(problem))
        yield _line(name, bound, before - bound, first)
        before = bound
    reached, better = _weeks(problem, schedule, week_seconds)
    if week_seconds:
        yield _line("exact times, weeks alone at their best", better, before - better, first)
        before = better
    yield _line("exact times as they are", reached, before - reached, first)


def _blocks(problem: Problem, schedule: Schedule) -> Problem:
    """Return the problem with the blocks of several clinicians, and the urgent slots, as they are."""
    pinned = {(block.kind, block.start, block.clinicians) for block in problem.pinned_blocks}
    more = [
        PinnedBlock(
            kind=block.kind,
            clinicians=block.clinicians,
            start=block.start,
            minutes=block.minutes,
            supervisor=block.supervisor,
        )
        for block in schedule.blocks
        if (len(block.clinicians) > 1 or block.kind == "urgent_slot")
        and (block.kind, block.start, block.clinicians) not in pinned
    ]
    return problem.with_changes(pinned_blocks=(*problem.pinned_blocks, *more))


def _groups(problem: Problem, schedule: Schedule) -> Problem:
    """Return the problem with the groups' sessions as they are."""
    known = {(pin.group, pin.start) for pin in problem.pinned_groups}
    more = [
        PinnedGroup(group=a.group, clinicians=a.clinicians, start=a.start, clients=a.clients)
        for a in schedule.appointments
        if a.group is not None and (a.group, a.start) not in known
    ]
    return problem.with_changes(pinned_groups=(*problem.pinned_groups, *more))


def _takers(problem: Problem, schedule: Schedule) -> Problem:
    """Return the problem with each placed request at who takes it."""
    takers = defaultdict[str, set[str]](set)
    for each in schedule.appointments:
        if each.request is not None:
            takers[each.request].update(each.clinicians[:1])

    def kept(request: Request) -> Request:
        who = takers.get(request.id, set())
        if request.clinician is not None or len(who) != 1:
            return request
        return request.model_copy(update={"clinician": next(iter(who))})

    return problem.with_changes(requests=tuple(kept(request) for request in problem.requests))


_DECISIONS: dict[str, Callable[[Problem, Schedule], Problem]] = {
    "the team's blocks": _blocks,
    "the groups' sessions": _groups,
    "who takes whom": _takers,
}


def _bound(problem: Problem) -> int:
    """Return what no schedule exceeds of the strongest level, by the relaxation with open requests pooled."""
    from safeschedule.model.candidates import suiting
    from safeschedule.model.index import Index
    from safeschedule.solving.budget import Budget
    from safeschedule.solving.parameters import SearchParameters
    from safeschedule.solving.relaxation.relax_and_round import relax

    parameters, index = SearchParameters(), Index(problem)
    budget = Budget(None, None, threading.Event())
    wide = relax(index, suiting(index), budget, parameters.plan, parameters.size.apart_from)
    return int(wide.bounds[0])


def _weeks(problem: Problem, schedule: Schedule, seconds: float) -> tuple[int, int]:
    """Return what the schedule is worth in the strongest level, and with each week at its best in turn."""
    from safeschedule.model.adopting import adopt
    from safeschedule.model.candidates import candidates, suiting
    from safeschedule.model.index import Index
    from safeschedule.solving.budget import Budget
    from safeschedule.solving.neighbourhood import only_of, team_blocks
    from safeschedule.solving.parts import Solver
    from safeschedule.solving.states import Task
    from safeschedule.solving.tiers import pursued_first, ranked_tiers

    index = Index(problem)
    adopted = adopt(index, schedule, candidates(index, suiting(index)))
    budget = Budget(None, None, threading.Event())
    tiers = pursued_first(ranked_tiers(index.settings))
    solver = Solver(index, adopted.rows, tiers, budget, 0)
    state = solver.look(adopted.chosen)
    if state is None:
        raise ValueError("the schedule does not keep the hard rules")
    reached = solver.leading(state.values)
    for person in range(len(index.clinicians)) if seconds else ():
        free = only_of(adopted.rows, [person]) & ~team_blocks(adopted.rows)
        change = solver.improve(state, Task([person], free, limit=seconds))
        if change is not None:
            state = solver.accept(state, change)
    return reached, solver.leading(state.values)


def _line(name: str, worth: int, lost: int, first: int) -> Line:
    return {"decision": name, "worth": worth, "lost": lost, "percent": 100.0 * lost / max(1, abs(first))}


def table(lines: list[Line]) -> str:
    """Return the lines as a Markdown table."""
    head = "| decision kept, besides those above | at most, or reached | lost | lost % |"
    rows = ["| {decision} | {worth} | {lost} | {percent:.2f} |".format_map(line) for line in lines]
    return "\n".join([head, "|---|---|---|---|", *rows])
