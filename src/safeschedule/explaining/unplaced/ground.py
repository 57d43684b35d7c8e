"""What facts stand on: a schedule as it is, judged when somebody asks for the first time."""

from __future__ import annotations

from functools import cached_property

from safeschedule.explaining.unplaced.limits import CountedLimits, appointment_of
from safeschedule.model.rows import Rows
from safeschedule.problem import Request
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding
from safeschedule.workspace import Workspace


class Ground(Workspace):
    """A week as reasons need it: with the limits that are counted in it, and with nothing in it."""

    @cached_property
    def limits(self) -> CountedLimits:
        """The limits of the schedule."""
        return CountedLimits(self.standing)

    @cached_property
    def _empty(self) -> Standing:
        nothing = self.schedule.model_copy(update={"appointments": (), "blocks": ()})
        return Standing(self.problem, nothing)

    def alone(self, request: Request, rows: Rows, number: int, rule: str) -> tuple[Finding, ...]:
        """Return what a rule finds against the session at an opening with nothing else in the week."""
        given = appointment_of(self.index, request, rows, number)
        week = self._empty.schedule.model_copy(update={"appointments": (given,)})
        return self._empty.change(week, rules=[rule]).breaks
