"""Planning a week again after changes, with as little changed as can be."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from safeschedule.arguments import Arguments
from safeschedule.errors import ArgumentError
from safeschedule.ledger.overrides import OverrideInForce
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.replanning.answers import with_plan, without_plan
from safeschedule.replanning.applying import apply_changes
from safeschedule.replanning.attempts import first_attempt, with_cover
from safeschedule.replanning.changes import CHANGES, Change
from safeschedule.replanning.excused import what_became
from safeschedule.replanning.faults import faults_in_changes, faults_of_cancelled
from safeschedule.replanning.freezing import from_then_on
from safeschedule.replanning.pins import lost_pins
from safeschedule.replanning.result import Replan
from safeschedule.replanning.work import SEARCH, ReplanWork
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget, UngivenSeconds, ceiling
from safeschedule.solving.heartbeat import Heartbeat
from safeschedule.solving.progress import OnProgress
from safeschedule.verifier import verify
from safeschedule.workspace import Workspace

SECONDS = 30.0
"""The time limit when none is given: enough for a team of six whose leader is ill, on a busy machine too."""
_SECONDS = UngivenSeconds(SECONDS)


def replan(
    problem: Problem,
    schedule: Schedule,
    changes: Sequence[Change],
    *,
    freeze_before: datetime | None = None,
    budget: int | None = None,
    time_limit: float | None = _SECONDS,
    deterministic_limit: float | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
    overrides: Sequence[OverrideInForce] = (),
) -> Replan:
    """Plan a week again after changes, so that as little as possible becomes different, and verify it.

    What counts, in this order: every hard rule; soft rules of the tier safety; what is urgent is placed;
    nobody else's session is dropped; the fewest people beyond those hit by the changes are disturbed; what
    else the changes have displaced or added is placed, by its value; the fewest people have something new;
    the fewest sessions move, by the fewest minutes; urgent sessions come soon; what else changes is late in
    the week, so that there is time to tell; protected time stays where it is; and last the rulebook's soft
    rules.

    Parameters
    ----------
    problem, schedule
        The week as it was planned; the schedule keeps every hard rule.
    changes
        What has changed.
    freeze_before
        A local time; what begins before it stays exactly as it is, and nothing new is put there.
    budget
        The most people to disturb beyond those hit by the changes; ``None``: no limit.
    time_limit
        Wall-clock seconds; ``None``: none. Most plans are there, and known to be the best, long before 30; a
        leader who is ill is what takes long.
    deterministic_limit
        Limit in the solver's own deterministic time: the same seed gives the same schedule on any machine.
        A time limit beside it is a ceiling, and none unless it is given.
    seed
        Of the search.
    on_progress
        Called with the name of each stage as it begins.
    stop
        When set, the search ends soon, and the best schedule so far is returned.
    overrides
        Overrides that are in force (see `safeschedule.overrides_in_force`). They excuse what the schedule
        breaks. The search makes no use of them: in the new plan such a thing stays as it was, or is mended.

    Returns
    -------
    Replan
        With a schedule that the verifier accepts; or without one, and its notes say why there is none and
        what helps.

    Raises
    ------
    InputError
        The problem, the schedule or the changes have faults, or no plan was found round what is excused.
    DisagreementError
        The verifier refuses what the solver accepts; nothing is returned then.

    Examples
    --------
    >>> from datetime import datetime
    >>> from safeschedule import SickCall, replan
    >>> monday = datetime(2026, 10, 5)
    >>> call = SickCall(clinician="C2", start=monday, end=monday.replace(hour=12))
    >>> found = replan(problem, schedule, [call], deterministic_limit=0.5)
    >>> found.verified
    True
    """
    Arguments("replan").week(problem, schedule).sequence("changes", changes, CHANGES, "changes").moment(
        "freeze_before", freeze_before
    ).whole("budget", 0 if budget is None else budget).search(
        time_limit, deterministic_limit, seed, on_progress, stop
    ).sequence("overrides", overrides, OverrideInForce, "overrides in force").done()
    given = ceiling(time_limit, deterministic_limit)
    seconds = None if given is None else SEARCH * given
    clock = Budget(seconds, deterministic_limit, stop or threading.Event())
    require_sound(problem)
    judged = verify(problem, schedule, overrides=overrides)
    account = Workspace(problem, schedule, trusted=judged).require_compliant()
    faults = [*faults_in_changes(problem, changes)]
    faults += faults_of_cancelled(problem, schedule, changes, freeze_before)
    if faults:
        raise ArgumentError("changes", faults)
    with Heartbeat("replan", on_progress) as tell:
        work = ReplanWork(problem, schedule, account, freeze_before, budget, seed, clock, tell)
        found = _planned(work, changes)
    return replace(found, notes=(*found.notes, *what_became(account, found.verification, account.overrides)))


def _planned(work: ReplanWork, changes: Sequence[Change]) -> Replan:
    ahead = tuple(changes)
    if work.freeze is not None:
        ahead, said = from_then_on(work.before, work.schedule, ahead, work.freeze)
        work.notes += said
    problem = apply_changes(work.before, ahead)
    work.notes += lost_pins(work.before, problem)
    try:
        problem, found = first_attempt(work, problem, ahead)
    except InterruptedWorkError:
        return without_plan(work, problem, ahead, None, None)
    with suppress(InterruptedWorkError):
        problem, found = with_cover(work, problem, ahead, found)
    where, stage = found
    if stage is None or stage.decision.chosen is None:
        return without_plan(work, problem, ahead, where, stage)
    return with_plan(work, problem, changes, where, stage)
