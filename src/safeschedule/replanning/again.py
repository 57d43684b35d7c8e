"""Planning a week again after changes, with as little changed as can be."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version

from safeschedule.arguments import Arguments
from safeschedule.errors import ArgumentError, DisagreementError, Fault, InputError
from safeschedule.explaining.left_out import reasons_budget
from safeschedule.ledger.overrides import OverrideInForce, not_used
from safeschedule.model.extract import extract
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.replanning.applying import apply_changes
from safeschedule.replanning.changes import CHANGES, CancelledSession, Change, ChangedHours, SickCall
from safeschedule.replanning.covers import covered, stand_ins
from safeschedule.replanning.faults import cancelled_in, faults_in_changes, faults_of_cancelled
from safeschedule.replanning.freezing import from_then_on, with_passed_time
from safeschedule.replanning.left_out import left_out_of
from safeschedule.replanning.no_plan import Ending, why_no_plan
from safeschedule.replanning.outcomes import (
    alike,
    clients_of,
    disturbed,
    still_open,
    times_away,
    why_dropped,
    worse_rules,
)
from safeschedule.replanning.pins import lost_pins
from safeschedule.replanning.result import Dropped, Outcome, Replan
from safeschedule.replanning.situation import Situation, situation
from safeschedule.replanning.staging import Staged, staged, unplaced
from safeschedule.replanning.telling import notices
from safeschedule.schedule import LeftOut, Schedule, differences, following, stated
from safeschedule.solving.budget import Budget, UngivenSeconds, ceiling
from safeschedule.solving.heartbeat import Heartbeat
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.verifier import Verification, verify
from safeschedule.workspace import Workspace

SECONDS = 30.0
"""The time limit when none is given: enough for a team of six whose leader is ill, on a busy machine too."""
_SECONDS = UngivenSeconds(SECONDS)
_SEARCH = 0.85
"""Share of the time limit for the search; the rest is for checking and for reasons."""
_EXPLAIN = 0.4
"""Seconds that reasons for what is dropped may take."""


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
    seconds = None if given is None else _SEARCH * given
    clock = Budget(seconds, deterministic_limit, stop or threading.Event())
    require_sound(problem)
    judged = verify(problem, schedule, overrides=overrides)
    account = Workspace(problem, schedule, trusted=judged).require_compliant()
    faults = [*faults_in_changes(problem, changes)]
    faults += faults_of_cancelled(problem, schedule, changes, freeze_before)
    if faults:
        raise ArgumentError("changes", faults)
    with Heartbeat("replan", on_progress) as tell:
        work = _Work(problem, schedule, account, freeze_before, budget, seed, clock, tell)
        found = work.run(changes)
    return replace(found, notes=(*found.notes, *_exceptions(account, found.verification, account.overrides)))


def _exceptions(
    before: Verification, after: Verification | None, overrides: Sequence[OverrideInForce]
) -> Iterator[str]:
    """Yield what became of what overrides excused, and which are in force."""
    left = set() if after is None else set(after.excused)
    for each in before.excused:
        if after is not None:
            yield f"{each} {'It stays as it was.' if each in left else 'The new plan keeps the rule.'}"
    yield from not_used(overrides)


def _require_agreement(before: Verification, after: Verification) -> None:
    """Raise where the new plan breaks a rule: the search makes no use of overrides.

    What was excused before and stays as it was, is what people have decided, and not of the search's making.

    Raises
    ------
    InputError
        The plan cannot be made round what is excused.
    DisagreementError
        The verifier refuses what the solver accepts.
    """
    stays = {each.finding for each in before.excused}
    wrong = [f for f in after.findings if f.hard]
    wrong += [each.finding for each in after.excused if each.finding not in stays]
    if wrong and before.excused:
        expected = "that it is mended first (see `safeschedule check-move`): no plan was found round it"
        told = [
            Fault("not_compliant", f.rule, str(each), expected)
            for each in before.excused
            for f in [each.finding]
        ]
        raise InputError("schedule", told)
    if wrong:
        raise DisagreementError([f"verifier: [{f.rule}] {f.sentence}" for f in wrong])


@dataclass
class _Work:
    before: Problem
    schedule: Schedule
    account: Verification
    freeze: datetime | None
    most: int | None
    seed: int
    budget: Budget
    on_progress: OnProgress
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, changes: Sequence[Change]) -> Replan:
        ahead = tuple(changes)
        if self.freeze is not None:
            ahead, said = from_then_on(self.before, self.schedule, ahead, self.freeze)
            self.notes += said
        problem = apply_changes(self.before, ahead)
        self.notes += lost_pins(self.before, problem)
        try:
            problem, found = self._first(problem, ahead)
        except InterruptedWorkError:
            return self._without(problem, ahead, None, None)
        with suppress(InterruptedWorkError):
            problem, found = self._with_cover(problem, ahead, found)
        where, stage = found
        if stage is None or stage.decision.chosen is None:
            return self._without(problem, ahead, where, stage)
        return self._with(problem, changes, where, stage)

    def _first(
        self, problem: Problem, changes: Sequence[Change]
    ) -> tuple[Problem, tuple[Situation, Staged | None]]:
        """Return what is found, with the past as no time for anything where only that has a schedule."""
        away = sorted({c.clinician for c in changes if isinstance(c, SickCall | ChangedHours)})
        if self.freeze is None or not away:
            return problem, self._attempt(problem, changes)
        found = self._attempt(problem, changes, calm=True)
        if _has(found[1]):
            return problem, found
        # What has passed is no time for anything new in any case; without it nothing is asked for in vain.
        shorter = with_passed_time(problem, self.schedule, self.freeze, away)
        if _unsound(shorter) or shorter == problem:
            return problem, found if self.budget.over else self._attempt(problem, changes, moves=True)
        again = self._attempt(shorter, changes, calm=True)
        if not _has(again[1]) and not self.budget.over:
            again = self._attempt(shorter, changes, moves=True)
        if _has(again[1]):
            self.notes.append(
                f"The time before {self.freeze:%A %H:%M} in which {' and '.join(away)} had nothing "
                "became leave of the kind passed: rules ask for nothing more in it."
            )
        return shorter, again

    def _attempt(
        self, problem: Problem, changes: Sequence[Change], *, calm: bool = False, moves: bool = False
    ) -> tuple[Situation, Staged | None]:
        """Return the situation and the best that is found; `calm`: moving none, `moves`: moving some."""
        began = time.monotonic()
        try:
            where = situation(
                self.before,
                problem,
                self.schedule,
                changes,
                self.freeze,
                lambda: self.budget.interrupted,
            )
        except (ValueError, KeyError) as error:
            fault = Fault("not_plannable", "schedule", "", f"what a plan can say: {error}")
            raise InputError("schedule", [fault]) from error
        self._book("situation", began)
        if where.past:
            return where, None
        began = time.monotonic()
        try:
            found = staged(where, self.most, self.budget, self.seed, self._tell, calm=calm, moves=moves)
        except InterruptedWorkError:
            found = None
        self._book("search", began)
        return where, found

    def _tell(self, name: str) -> None:
        self.on_progress(Progress(name, self.budget.elapsed))

    def _book(self, phase: str, began: float) -> None:
        self.seconds[phase] = self.seconds.get(phase, 0.0) + time.monotonic() - began

    def _with_cover(
        self, problem: Problem, changes: Sequence[Change], found: tuple[Situation, Staged | None]
    ) -> tuple[Problem, tuple[Situation, Staged | None]]:
        """Name the cover for what is urgent and has no place with a clinician who is ill; see if it helps."""
        where, stage = found
        if stage is None or not _has(stage) or self.budget.over:
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
        again = self._attempt(named, changes)
        if again[1] is None or not _has(again[1]) or not _better(again[1], stage):
            return problem, found
        missed = {again[0].index.requests[n].id for n in unplaced(again[0], again[1].decision)}
        for code in sorted(set(standing) - missed):
            self.notes.append(
                f"{standing[code]} takes {code} as cover: the changed problem names them for it."
            )
        return named, again

    def _with(self, problem: Problem, changes: Sequence[Change], where: Situation, stage: Staged) -> Replan:
        decision = stage.decision
        assert decision.chosen is not None
        began = time.monotonic()
        rows = decision.table.rows.take(decision.chosen)
        new = following(alike(extract(where.index, rows, self.schedule), self.schedule), self.schedule)
        account = verify(problem, new, overrides=self.account.overrides)
        _require_agreement(self.account, account)
        self._book("verify", began)
        began = time.monotonic()
        diff = differences(self.schedule, new)
        left, fresh, still = self._left_out(problem, new)
        self.notes += covered(where, self.schedule, new, {entry.request for entry in fresh})
        new = new.model_copy(update={"left_out": tuple(sorted(left.values(), key=lambda e: e.request))})
        self._book("reasons", began)
        proven = stage.complete and all(goal.proven for goal in decision.reached)
        outcome = Outcome.BEST if proven else Outcome.FEASIBLE
        called_off = {
            a: clients_of(self.before, c, a)
            for c in changes
            if isinstance(c, CancelledSession) and (a := cancelled_in(self.before, self.schedule, c))
        }
        away = times_away(changes)
        dropped = tuple(Dropped(a, why_dropped(problem, a, left, called_off)) for a in diff.dropped)
        self.seconds["total"] = self.budget.elapsed
        return Replan(
            outcome=outcome,
            problem=problem,
            schedule=stated(
                "replan",
                problem,
                new,
                solver="cpsat",
                ortools=version("ortools"),
                seed=self.seed,
                time_limit=self.budget.seconds,
                deterministic_limit=self.budget.deterministic,
                status=str(outcome),
                verified=account.compliant and not account.excused,
            ),
            diff=diff,
            dropped=dropped,
            left_out=fresh,
            still_left_out=still,
            tell=notices(diff, called_off, away),
            disturbed=disturbed(where, diff),
            goals=decision.reached,
            stage=stage.stage,
            worse=worse_rules(problem, self.account, account),
            notes=tuple(self.notes),
            verification=account,
            seconds=self.seconds,
            interrupted=self.budget.stop.is_set(),
        )

    def _left_out(
        self, problem: Problem, new: Schedule
    ) -> tuple[dict[str, LeftOut], tuple[LeftOut, ...], tuple[LeftOut, ...]]:
        little = self.budget.wall_left if self.budget.repeatable else _EXPLAIN
        limits = reasons_budget(self.budget, little)
        return left_out_of((self.before, self.schedule), (problem, new), self.freeze, limits)

    def _without(
        self, problem: Problem, changes: Sequence[Change], where: Situation | None, stage: Staged | None
    ) -> Replan:
        past = where is not None and bool(where.past)
        proven = stage is not None and stage.decision.infeasible and stage.everything
        whole = None if self.budget.seconds is None else self.budget.seconds / _SEARCH
        ending = Ending(
            past=past,
            proven=proven,
            stopped=self.budget.stop.is_set(),
            most=self.most,
            frozen=self.freeze is not None,
            left=None if whole is None else whole - self.budget.elapsed,
            deterministic=self.budget.deterministic,
        )
        still: tuple[str, ...] = ()
        if where is not None:
            with suppress(InterruptedWorkError):  # stopped before anything could be looked at
                still = tuple(still_open(problem, where, self.schedule))
        self.notes = [*why_no_plan(problem, changes, ending, still, self.budget.stop), *self.notes]
        self.seconds["total"] = self.budget.elapsed
        return Replan(
            outcome=Outcome.IMPOSSIBLE if proven or past else Outcome.UNKNOWN,
            problem=problem,
            schedule=None,
            diff=None,
            stage="" if stage is None else stage.stage,
            notes=tuple(self.notes),
            seconds=self.seconds,
            interrupted=self.budget.stop.is_set(),
        )


def _has(found: Staged | None) -> bool:
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
