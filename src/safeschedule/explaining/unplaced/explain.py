"""Why requests are left out: the options of each, what blocks them, and the cheapest ways in."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from safeschedule.arguments import Arguments
from safeschedule.errors import Fault, InputError, MissedPlacementError
from safeschedule.explaining.unplaced.answers import Explanation, LeftOutAccount, WayIn
from safeschedule.explaining.unplaced.barriers import Barriers
from safeschedule.explaining.unplaced.comparing import session_value
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.overtime import MOST, OvertimeSearch
from safeschedule.explaining.unplaced.reasons import Reasons
from safeschedule.explaining.unplaced.ways import Ways, WaysIn
from safeschedule.explaining.unplaced.words import Wording, barriers
from safeschedule.model.candidates import suiting
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.schedule import LeftOutKind, Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.budget import Budget
from safeschedule.solving.heartbeat import Heartbeat
from safeschedule.solving.progress import OnProgress, Progress

_AT_A_TIME = 4
"""A request takes at most this share of what is left, so that the next ones have some."""


def explain_left_out(
    problem: Problem,
    schedule: Schedule,
    request: str | None = None,
    *,
    time_limit: float | None = 60.0,
    stop: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> LeftOutAccount:
    """Explain why requests are left out of a schedule, and find the cheapest ways in by solving.

    Options are clinicians in half-days. What blocks one is a set of hard rules of which none can be spared,
    while all other appointments and the team's blocks stay where they are and the clinician's own blocks
    may move. A way in is a whole schedule that the verifier has accepted; none relaxes a hard rule or breaks
    a soft rule of safety further.

    Parameters
    ----------
    problem, schedule
        What was to be planned, and a schedule that keeps every hard rule, from whatever source.
    request
        The one to explain; ``None``: all that are left out, the most valuable first.
    time_limit
        Wall-clock seconds; ``None``: until all is looked at.
    stop
        When set, what is known so far is returned soon.
    on_progress
        Called with what is being done.

    Raises
    ------
    InputError
        The problem has faults, the schedule breaks a hard rule or cannot be taken up, or the request is not
        known or not left out.
    MissedPlacementError
        A request fits at no cost while everything else stays, and the schedule says that it is impossible
        or blocked. Where the schedule says that its search ended, or that it was not examined, or nothing,
        `Explanation.missed` tells it instead.
    DisagreementError
        The verifier refuses a way in.

    Examples
    --------
    >>> from safeschedule import explain_left_out
    >>> explain_left_out(problem, schedule).explanations
    ()
    """
    Arguments("explain_left_out").week(problem, schedule).request(problem, request).search(
        time_limit, None, 0, on_progress, stop
    ).done()
    budget = Budget(time_limit, None, stop or threading.Event())
    require_sound(problem)
    week = Ground(problem, schedule, over=lambda: budget.interrupted)
    week.require_compliant()
    # What no model has words for is told before anything is looked for.
    _ = week.placements
    wanted = _wanted(week, request)
    with Heartbeat("explain", on_progress, named=False) as tell:
        done = _explained(_Explainer(week, budget, tell), wanted, budget)
    left = tuple(problem.requests[number].id for number in wanted[len(done) :])
    account = LeftOutAccount(tuple(done), left, budget.stop.is_set())
    _require_honesty(schedule, account)
    return account


def _explained(explainer: _Explainer, wanted: Sequence[int], budget: Budget) -> list[Explanation]:
    """Return what is found of the first requests, as many as there is time for."""
    done: list[Explanation] = []
    for place, number in enumerate(wanted):
        if budget.over:
            break
        try:
            done.append(explainer.explanation(number, _share(budget, min(len(wanted) - place, _AT_A_TIME))))
        except InterruptedWorkError:
            break
    return done


def _share(budget: Budget, parts: int) -> Budget:
    """Return one of so many parts of what is left."""
    return Budget(budget.left / parts, None, budget.stop)


def _wanted(week: Ground, request: str | None) -> list[int]:
    """Return the numbers of the requests to explain, the most valuable first."""
    index = week.index
    count = served(week.problem, week.schedule)
    missing = [n for n, asked in enumerate(index.requests) if count[asked.id] < asked.count]
    if request is None:
        return sorted(missing, key=lambda n: -session_value(index, n))
    if request not in index.request_number:
        raise InputError(
            "request", [Fault("unknown_request", "request", request, "a request of the problem")]
        )
    number = index.request_number[request]
    if number not in missing:
        expected = "a request that is left out; all its sessions are in the schedule"
        raise InputError("request", [Fault("not_left_out", "request", request, expected)])
    return [number]


def _require_honesty(schedule: Schedule, account: LeftOutAccount) -> None:
    barred = (LeftOutKind.IMPOSSIBLE, LeftOutKind.BLOCKED)
    claimed = {entry.request for entry in schedule.left_out if entry.kind in barred}
    wrong = [explanation for explanation in account.missed if explanation.request in claimed]
    if wrong:
        raise MissedPlacementError(account, [explanation.request for explanation in wrong])


class _Explainer:
    def __init__(self, week: Ground, budget: Budget, on_progress: OnProgress) -> None:
        self._week, self._budget, self._hear = week, budget, on_progress

    def _say(self, phase: str) -> None:
        self._hear(Progress(phase, self._budget.elapsed))

    def explanation(self, number: int, budget: Budget) -> Explanation:
        """Return what is found of a request within a budget of its own."""
        week, index = self._week, self._week.index
        asked = index.requests[number]
        self._say(f"{asked.id}: options")
        reason = Reasons(week, _share(budget, 4)).entry(number)
        verdicts = list(Barriers(week, budget).verdicts(number))
        wording = Wording(week, number, budget)
        options = tuple(map(wording.option, verdicts))
        fitting = list(dict.fromkeys(v.place.people[0] for v in verdicts if v.fits))
        search = Ways(week, budget, self._say)
        found = search.search(number, fitting)
        later, notes = self._overtime(number, found, budget)
        search.widen(number, found)
        ways = [] if found.cheapest is None or found.missed is not None else [found.cheapest]
        complete = found.complete and all(v.fits is not None for v in verdicts)
        return Explanation(
            request=asked.id,
            sessions=reason.sessions,
            value=session_value(index, number),
            reason=reason,
            options=options,
            barriers=barriers(options, costly=found.missed is None and complete),
            ways=(*ways, *later),
            missed=found.missed,
            notes=(*_notes(found), *_untried(found), *notes),
            complete=complete,
        )

    def _overtime(self, number: int, found: WaysIn, budget: Budget) -> tuple[list[WayIn], list[str]]:
        """Return the way by the least overtime, or what is known of there being none."""
        index = self._week.index
        if found.missed is not None:
            return [], []
        if index.of_groups[number]:
            return [], ["Overtime was not looked for: it is a group's request."]
        self._say(f"{index.requests[number].id}: overtime")
        people: list[int] = np.flatnonzero(suiting(index)[number]).tolist()
        search = OvertimeSearch(self._week, _share(budget, 2))
        way, whole = search.search(number, people)
        found.complete &= whole
        return ([], [_no_overtime(whole, search.passed_over)]) if way is None else ([way], [])


def _no_overtime(whole: bool, passed_over: bool) -> str:
    if not whole:
        return "Whether overtime makes room for it was not found out in the time."
    tried = (
        f"overtime of up to {MOST} minutes of one clinician, right before the first or after the last "
        "working period of one date"
    )
    if passed_over:
        return f"No way in was found by {tried}."
    return f"No {tried}, makes room for it."


def _untried(found: WaysIn) -> list[str]:
    if not found.untried or found.missed is not None:
        return []
    return [f"{found.untried} more clinicians might take it; making room there was not tried."]


def _notes(found: WaysIn) -> list[str]:
    """Return what is known of the cheapest way in, or of there being none."""
    best = found.cheapest
    if found.missed is not None:
        return []
    if best is not None:
        if best.free_of_charge:
            return ["Nothing is cheaper, because no tier loses by it."]
        if found.widest is not None:
            return [f"It is proven that nothing is cheaper when {found.widest}."]
        return [f"It is the cheapest that was found when {best.scope}."]
    if not found.tried:
        return [
            "Nobody could take it, whoever gives way."
            if found.complete
            else "No way in was looked for: there was no time left."
        ]
    if found.impossible and len(found.impossible) == len(found.tried):
        return [f"It is proven that there is no way in when {found.impossible[-1]}."]
    return [f"No way in was found in the time. Tried: {'; '.join(found.tried)}."]
