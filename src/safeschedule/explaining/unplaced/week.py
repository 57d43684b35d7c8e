"""A planned week as rows, and the part of it that is near some clinicians."""

from __future__ import annotations

import numpy as np

from safeschedule.errors import Fault, InputError
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.model.adopting import Adopted, adopt_rows, bare
from safeschedule.model.extract import extract
from safeschedule.model.index import Bools, Index
from safeschedule.model.interrupting import Over, never
from safeschedule.model.represent import represent
from safeschedule.model.rows import Role, Rows
from safeschedule.problem import Problem
from safeschedule.problem.fixed import OWN
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification


class VerifiedWeek:
    """A problem with a schedule that keeps every hard rule.

    Parameters
    ----------
    problem, schedule
        What was to be planned, and what is planned.
    trusted
        The verifier's account, where it is known; it is not asked for then.
    over
        Asked as models of the week are made: whether to end in the middle of it (see `Index`).
    ground
        The same with an index of its own, where there is one already; nothing else is asked then.

    Raises
    ------
    InputError
        The schedule breaks a hard rule, or has something that the optimiser has no words for.
    """

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        trusted: Verification | None = None,
        over: Over = never,
        ground: Ground | None = None,
    ) -> None:
        self.problem, self.schedule = problem, schedule
        self.ground = ground or Ground(Index(problem, over=over), schedule)
        self.standing = self.ground.standing
        self.verification = _accepted(self.standing.verification) if trusted is None else trusted
        self.index = self.ground.index
        try:
            self.own: Rows = represent(self.index, bare(schedule))
        except ValueError as error:
            fault = Fault("not_adoptable", "schedule", "", f"what the optimiser could have made ({error})")
            raise InputError("schedule", [fault]) from error

    def among(self, rows: Rows) -> Adopted:
        """Return the schedule as rows chosen among others."""
        return adopt_rows(self.own, rows)

    def written(self, rows: Rows, chosen: Bools) -> Schedule:
        """Return chosen rows as a schedule; sessions that stay keep their rooms."""
        return extract(self.index, rows.take(chosen), self.schedule)


def _accepted(verification: Verification) -> Verification:
    hard = [finding for finding in verification.findings if finding.hard]
    if hard:
        expected = "a schedule that keeps every hard rule (safeschedule verify tells which it breaks)"
        raise InputError("schedule", [Fault("not_compliant", "schedule", f"{len(hard)} findings", expected)])
    return verification


def own_solo_blocks(rows: Rows, people: list[int]) -> Bools:
    """Return the blocks that these clinicians hold alone and may move."""
    found: Bools = rows.of_block(*OWN) & (rows.role == Role.SOLO) & np.isin(rows.clinician, people)
    return found
