"""Timefold as a back-end of SafeSchedule."""

from __future__ import annotations

import time
from typing import ClassVar

from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.solving.backend import Found, Limits, SolverUnavailableError
from safeschedule_timefold import engine
from safeschedule_timefold.phases import Search
from safeschedule_timefold.sessions import UnkeptPinError
from safeschedule_timefold.unknown import unknown_rules
from safeschedule_timefold.week import ImpossibleWeekError, Week


class Timefold:
    """Local search by Timefold.

    Raises
    ------
    SolverUnavailableError
        Java or Timefold is missing.
    """

    name: ClassVar[str] = "timefold"
    repeatable: ClassVar[bool] = True

    def __init__(self) -> None:
        reason = engine.missing()
        if reason is not None:
            raise SolverUnavailableError(self.name, reason)

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Return the best schedule that the search comes upon; nothing is proven about it."""
        began = time.monotonic()
        index = Index(problem)
        if unknown := unknown_rules(index):
            names = ", ".join(unknown)
            reason = f"Timefold's score does not know what these rules ask for in this week: {names}."
            return Found(None, explanation=(reason,))
        try:
            week = Week(index)
        except (ImpossibleWeekError, UnkeptPinError) as error:
            return Found(None, explanation=(str(error),))
        return Search(week, limits, began).found()
