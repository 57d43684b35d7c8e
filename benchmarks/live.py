"""Live questions: how long suggestions and the check of a move take on a week that is planned."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from benchmarks.instances import Instance
from safeschedule.problem import Problem, Request
from safeschedule.schedule import Appointment, Schedule
from safeschedule.suggesting import Desk, check_move, free_slots

Line = dict[str, Any]

_SEED = 0


def run(instance: Instance, schedule: Schedule | None, seconds: float, repeats: int) -> list[Line]:
    """Return a line for each kind of question: median, lowest and highest seconds.

    Parameters
    ----------
    instance
        The week; it is solved when there is no schedule.
    seconds
        Of that solve.
    repeats
        Questions of each kind, drawn at random and always the same.
    """
    problem = instance.problem()
    if schedule is None:
        schedule = _solved(problem, seconds)
    desk = Desk(problem, schedule)
    prepare: list[Callable[[], object]] = [lambda: Desk(problem, schedule)] * 5
    found = [_line("prepare a desk", _timed(prepare))]
    draw = random.Random(_SEED)
    alone = [a for a in schedule.appointments if a.group is None]
    drawn = draw.sample(alone, min(repeats, len(alone)))
    found.append(_line("check a move", _timed([_move(desk, draw, a) for a in drawn])))
    cold = [lambda a=a: check_move(problem, schedule, a, to=a.start) for a in drawn[:5]]
    found.append(_line("check a move without a desk", _timed(cold)))
    found.append(_line("five other slots for an appointment", _timed([_slots(desk, a) for a in drawn])))
    out = [_without(problem, schedule, a) for a in drawn]
    found.append(_line("five slots for a request called off", _timed([_again(*each) for each in out])))
    new = list(_new(problem, draw, repeats))
    found.append(
        _line("five slots for a new client, anybody", _timed([_request(schedule, *each) for each in new]))
    )
    types = [kind.id for kind in problem.session_types if kind.largest == 1][:5]
    free = [lambda kind=kind: free_slots(problem, schedule, kind) for kind in types]
    found.append(_line("every free slot for a type, without a desk", _timed(free)))
    return found


def _solved(problem: Problem, seconds: float) -> Schedule:
    from safeschedule import solve

    schedule = solve(problem, time_limit=seconds).schedule
    assert schedule is not None
    return schedule


def _move(desk: Desk, draw: random.Random, given: Appointment) -> Callable[[], object]:
    to = given.start + timedelta(minutes=15 * draw.randrange(-20, 20))
    who = draw.choice([given.clinicians[0], draw.choice(desk.problem.clinicians).id])
    return lambda: desk.check_move(given, to=to, clinician=who)


def _slots(desk: Desk, given: Appointment) -> Callable[[], object]:
    return lambda: desk.suggest_moves(given)


def _without(problem: Problem, schedule: Schedule, given: Appointment) -> tuple[Desk, str]:
    left = tuple(a for a in schedule.appointments if a is not given)
    return Desk(problem, schedule.model_copy(update={"appointments": left})), str(given.request)


def _again(desk: Desk, request: str) -> Callable[[], object]:
    return lambda: desk.suggest(request)


def _new(problem: Problem, draw: random.Random, repeats: int) -> Iterator[tuple[Problem, Request]]:
    """Yield problems with a new client each, and a request of theirs that is not in the problem."""
    kinds = [kind for kind in problem.session_types if kind.largest == 1]
    known = problem.clients[0]
    for number in range(repeats):
        changes = {
            "id": f"new-{number}",
            "clinician": None,
            "band": draw.choice(problem.bands).id,
            "windows": (),
        }
        client = known.model_copy(update=changes)
        asked = Request(id=f"N-{number}", client=client.id, session_type=draw.choice(kinds).id, priority=5)
        yield problem.model_copy(update={"clients": (*problem.clients, client)}), asked


def _request(schedule: Schedule, problem: Problem, request: Request) -> Callable[[], object]:
    """Return the question as it comes: a desk is made for a request that is new."""
    from safeschedule.suggesting import suggest

    return lambda: suggest(problem, schedule, request)


def _timed(questions: Sequence[Callable[[], object]]) -> list[tuple[float, float]]:
    """Return wall-clock seconds and the processor's own for each question."""
    seconds = []
    # The first fills caches and is not counted.
    for question in (questions[0], *questions):
        began, busy = time.perf_counter(), time.process_time()
        question()
        seconds.append((time.perf_counter() - began, time.process_time() - busy))
    return seconds[1:]


def _line(name: str, seconds: Sequence[tuple[float, float]]) -> Line:
    ranked = sorted(wall for wall, _ in seconds)
    return {
        "question": name,
        "repeats": len(seconds),
        "median": statistics.median(ranked),
        "ninetieth": ranked[-(-9 * len(ranked) // 10) - 1],
        "lowest": ranked[0],
        "highest": ranked[-1],
        "processor": statistics.median(busy for _, busy in seconds),
    }


def table(lines: list[Line]) -> str:
    """Return the lines as a Markdown table, in milliseconds."""
    head = "| question | asked | median ms | nine of ten within | lowest–highest | processor's median |"
    rows = [
        f"| {line['question']} | {line['repeats']} | {1000 * line['median']:.0f} | "
        f"{1000 * line['ninetieth']:.0f} | {1000 * line['lowest']:.0f}–{1000 * line['highest']:.0f} | "
        f"{1000 * line['processor']:.0f} |"
        for line in lines
    ]
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])
