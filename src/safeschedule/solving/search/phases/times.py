"""Each clinician's exact times, the team's blocks and open requests as planned."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.solving.neighbourhood import dates_at_work, only_of
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.urgent import urgent_left_out, with_others
from safeschedule.solving.states import Improvement, State, Task
from safeschedule.solving.subproblem import PLAIN

Asked = tuple[int, int | None]
"""A clinician, and a date of theirs; ``None``: the whole week."""


class Times:
    """Finds each clinician's best week, alone.

    First in the planned half-days (a construction does that in a hurry, and where parts are cut out in a
    limit of seconds), then what fits beside them; from there each date is made anew, which takes a small part
    of the time of a whole week, and is nearly always proven the best. Where each part is encoded by itself,
    whole weeks of those who could take what is urgent and left out come before, and those of who misses much
    of the plan last; where parts are cut out, what follows is better (see `improvement`).
    """

    def run(self, search: Search) -> None:
        """Time everybody's week."""
        plan, times = search.plan, search.parameters.times
        if plan is None or search.current is None:
            return
        search.encode_whole(times.whole_share)
        search.enter("times")
        allowed = np.where(search.rows.is_session, plan.mask | ~search.open, ~search.team)
        likely = allowed & (plan.likely | ~search.rows.is_session)
        # Dates that are cut out are quicker than whole weeks can be proven: of seconds weeks only take away.
        dates_alone = search.whole is not None and not search.budget.repeatable
        hurried = search.hurried(times.anew_work, times.anew_seconds, search.budget.left)
        if plan.found and not (dates_alone or hurried):
            people = [(c, None) for c in search.people]
            _alone(search, plan, people, likely, times.planned_share, reserve=_to_complete(search))
        elif plan.found and search.whole is not None:
            _complete(search, likely)
        _complete(search, allowed)
        if search.whole is None:
            # Before the dates: a week with all that is urgent is worth more than any that lacks some of it.
            urgent = urgent_left_out(search)
            able = np.unique(search.rows.clinician[urgent]).tolist()
            _alone(search, plan, [(c, None) for c in able], allowed | urgent, times.planned_share)
            with_others(search)
        dates = dates_at_work(search.rows, len(search.people))
        _alone(search, plan, dates, allowed, times.date_share)
        if search.whole is None:
            missing = plan.missing(search.rows, search.current.chosen)[0]
            much = missing > times.lacking * plan.planned[0]
            lacking = [int(c) for c in np.argsort(-missing, kind="stable") if much[c] and missing[c] > 0]
            _alone(search, plan, [(c, None) for c in lacking], allowed)
        search.settle()


def _complete(search: Search, allowed: Bools) -> None:
    """Put on what fits of allowed rows as the week stands; nothing after a stop."""
    assert search.current is not None
    if not search.budget.stop.is_set():
        search.take(search.completed(search.current, lambda: search.budget.over, allowed))


def _to_complete(search: Search) -> float:
    """Return the seconds for a construction round what stands; 0 with a deterministic limit."""
    if search.budget.repeatable:
        return 0.0
    return sum(phase.seconds for phase in search.timeline.phases if phase.name == "construction")


def _alone(
    search: Search,
    plan: Plan,
    asked: Sequence[Asked],
    allowed: Bools,
    share: float = 1.0,
    reserve: float = 0.0,
) -> None:
    """Improve clinicians' weeks, or single dates of them, one by one over allowed rows.

    In a whole week no more is looked for than is planned; on a date whatever can be had.

    Parameters
    ----------
    share
        Of a step (see `Search.step`), what each may take.
    reserve
        Seconds that are kept for what follows: a schedule in which somebody's week is still empty is worth
        less than the one that was constructed.
    """
    # Whose change met another's is asked once more.
    waiting, again, under_way = deque(asked), set[Asked](), deque[Asked]()
    rows, began, heard = search.rows, search.budget.elapsed, 0

    def late() -> bool:
        pace = (search.budget.elapsed - began) / heard if heard else 0.0
        return search.budget.left - pace * len(under_way) < reserve

    def draw(state: State, busy: frozenset[int]) -> Task | None:
        if search.budget.over or not waiting or waiting[0][0] in busy or (waiting[0] in again and busy):
            return None
        if reserve and late():
            return None
        under_way.append(waiting.popleft())
        person, date = under_way[-1]
        free, slack = only_of(rows, [person]) & allowed, list[float]()
        if date is not None:
            free &= rows.day == date
        elif plan.found:
            slack = np.maximum(plan.missing(rows, state.chosen)[:, person], 0.0).tolist()
        return Task([person], free, slack, share * search.step(1), PLAIN)

    def learn(state: State, _: Task, change: Improvement | None) -> None:
        nonlocal heard
        heard += 1
        search.take(state)
        one = under_way.popleft()
        if change is None and one not in again:
            again.add(one)
            waiting.append(one)

    search.stream(draw, learn, search.parameters.times.ahead * search.threads)
