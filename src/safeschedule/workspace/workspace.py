"""A problem and a schedule: verified once, indexed once, and taken up as placements once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from safeschedule.errors import Fault, InputError
from safeschedule.model.adopting import Adopted, adopt_rows, bare
from safeschedule.model.extract import extract
from safeschedule.model.index import Bools, Index
from safeschedule.model.interrupting import Over, never
from safeschedule.model.represent import represent
from safeschedule.model.rows import Rows
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification
from safeschedule.verifier.again import Standing


class Workspace:
    """A problem and a schedule of it; what questions build on is made when first asked for.

    Parameters
    ----------
    problem, schedule
        What was to be planned, without faults, and what is planned; it may come from anywhere.
    index, standing
        The problem as numbers, and the schedule verified, where they are there already.
    trusted
        What the verifier says of the schedule, where it is known.
    over
        Asked as models of the week are made: whether to end in the middle of it (see `Index`).
    """

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        *,
        index: Index | None = None,
        standing: Standing | None = None,
        trusted: Verification | None = None,
        over: Over = never,
    ) -> None:
        self.problem, self.schedule = problem, schedule
        self._index, self._standing, self._trusted, self._over = index, standing, trusted, over

    @cached_property
    def index(self) -> Index:
        """The problem as numbers."""
        return Index(self.problem, over=self._over) if self._index is None else self._index

    @cached_property
    def standing(self) -> Standing:
        """The schedule, verified, to be judged again as a little of it changes."""
        return Standing(self.problem, self.schedule) if self._standing is None else self._standing

    @property
    def verification(self) -> Verification:
        """What the verifier says of the schedule."""
        return self.standing.verification if self._trusted is None else self._trusted

    def require_compliant(self, others: Sequence[Fault] = ()) -> Verification:
        """Return what the verifier says of a schedule that keeps every hard rule.

        Parameters
        ----------
        others
            What else is wrong with it, to be told with the rest.

        Raises
        ------
        InputError
            It breaks some, or something else is wrong; each is told.
        """
        faults = [
            Fault("not_compliant", finding.rule, finding.sentence, "a schedule that keeps every hard rule")
            for finding in self.verification.findings
            if finding.hard
        ]
        if faults or others:
            raise InputError("schedule", [*faults, *others])
        return self.verification

    @cached_property
    def placements(self) -> Rows:
        """The schedule as rows.

        Raises
        ------
        InputError
            It has something that the optimiser has no words for.
        """
        try:
            return represent(self.index, bare(self.schedule))
        except ValueError as error:
            fault = Fault("not_adoptable", "schedule", "", f"what the optimiser could have made ({error})")
            raise InputError("schedule", [fault]) from error

    def among(self, rows: Rows) -> Adopted:
        """Return the schedule as rows chosen among others."""
        return adopt_rows(self.placements, rows)

    def written(self, rows: Rows, chosen: Bools) -> Schedule:
        """Return chosen rows as a schedule; sessions that stay keep their rooms."""
        return extract(self.index, rows.take(chosen), self.schedule)
