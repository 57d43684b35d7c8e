"""Blocks that nothing asks for are taken out at the end."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.model.rows import Rows
from safeschedule_timefold.week import Week


def tidy(week: Week, chosen: list[int], score_of: Callable[[list[int]], list[int]]) -> Rows:
    """Return the rows of the chosen places without the blocks whose absence costs nothing.

    Parameters
    ----------
    chosen
        By task, the number of its place, or -1.
    score_of
        Scores a choice by level.
    """
    best = score_of(chosen)
    for number, task in enumerate(week.tasks):
        if task.block is not None and not task.pinned and chosen[number] >= 0:
            without = [*chosen]
            without[number] = -1
            score = score_of(without)
            if score >= best:
                best, chosen = score, without
    return week.rows(chosen)
