"""What a week planned again leaves out: what is new among it, and what was left out before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from safeschedule.explaining.left_out import why_left_out
from safeschedule.problem import Problem, Request, Weekday, Window
from safeschedule.problem.clock import DAY, minutes_after
from safeschedule.schedule import LeftOut, Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.budget import Budget


def left_out_of(
    before: tuple[Problem, Schedule],
    after: tuple[Problem, Schedule],
    freeze: datetime | None,
    budget: Budget,
) -> tuple[dict[str, LeftOut], tuple[LeftOut, ...], tuple[LeftOut, ...]]:
    """Return an entry by request for all that is left out, those of new requests, and those of before.

    Parameters
    ----------
    before, after
        Problem and schedule, as they were and as they are now.
    freeze
        What begins before it stays as it is; ``None``: nothing has to.
    budget
        What looking for reasons may take.
    """
    problem, new = after
    placed, had = served(problem, new), served(*before)
    short = {r.id: r.count - placed[r.id] for r in problem.requests if placed[r.id] < r.count}
    told = {entry.request: entry for entry in before[1].left_out}
    known = {r.id for r in before[0].requests}
    fresh = {code for code in short if code not in known or placed[code] < had[code]}
    requests = tuple(_ahead(r, problem.week_start, freeze) if r.id in fresh else r for r in problem.requests)
    asked = problem.model_copy(update={"requests": requests})
    reasons = {entry.request: entry for entry in why_left_out(asked, new, budget, fresh)}
    found = {}
    for code, sessions in short.items():
        old = told.get(code, LeftOut(request=code, sessions=sessions))
        found[code] = reasons.get(code, old).model_copy(update={"sessions": sessions})
    still = tuple(found[code] for code in sorted(short.keys() - fresh))
    return found, tuple(found[code] for code in sorted(fresh - known)), still


def _ahead(request: Request, first: date, freeze: datetime | None) -> Request:
    """Return a request that asks for nothing in the time that stays as it is."""
    if freeze is None:
        return request
    windows = request.windows or tuple(Window(day=day, start=0, end=DAY) for day in Weekday)
    left = []
    for window in windows:
        day = first + timedelta(days=(window.day.number - first.weekday()) % 7)
        start = max(window.start, minutes_after(day, freeze))
        if start < window.end:
            left.append(window.model_copy(update={"start": start}))
    # Without any window left there is none: one of the first minute stands for that.
    never = Window(day=Weekday.of(first), start=0, end=1)
    return request.model_copy(update={"windows": tuple(left) or (never,)})
