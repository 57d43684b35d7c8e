"""The plan layer as a mixed-integer programme, solved by HiGHS."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools, Ints
from safeschedule.model.interrupting import Over, never
from safeschedule.solving.relaxation.highs import Ran, Start, run
from safeschedule.solving.relaxation.linear_program import Floats, Linear, Row, linear_of

# At most this is added to each factor of an objective that is to have no step.
_STEPLESS = 1e-3

Objective = Sequence[tuple[float, int]]


class Meter:
    """Counts what HiGHS does, in the solver's own units: the same on any machine, in any order.

    It does not say itself what it took, but how many iterations. A unit is as much as the processor does for
    one of CP-SAT in the same weeks; a search for whole numbers takes three times as much for an iteration.
    """

    # Millionths of a unit for an iteration. Whole numbers, so that sums do not depend on their order.
    _RELAXED, _WHOLE = 40, 120

    def __init__(self) -> None:
        self._millionths, self._lock = 0, threading.Lock()

    def count(self, iterations: int, *, whole: bool) -> None:
        """Add the iterations of a run (from any thread)."""
        with self._lock:
            self._millionths += iterations * (self._WHOLE if whole else self._RELAXED)

    def beyond(self, units: float | None) -> bool:
        """Return whether more was done than so much; never, where that is ``None``."""
        return units is not None and self._millionths > units * 1e6


@dataclass(frozen=True)
class MilpAnswer:
    """What the programme says.

    Parameters
    ----------
    values
        One number for each variable of the CP-SAT model, or ``None`` without a solution.
    objective
        Of the values.
    bound
        Proven upper bound of the objective (infinite when unknown).
    infeasible
        Whether it was proven to have no solution.
    duals
        Of the rows, when the programme was relaxed and solved to the end.
    seconds
        What the run took.
    """

    values: Floats | None
    objective: float
    bound: float
    infeasible: bool
    duals: Floats | None = None
    seconds: float = 0.0


class Programme:
    """A linear system whose variables are whole numbers, to be maximised for one objective or another.

    Parameters
    ----------
    model
        A CP-SAT model whose constraints are linear, at-most-one, or implications; or the system itself.
    over
        Asked while HiGHS runs: when it is time to end, a run ends at once without an answer.
    meter
        Counts the runs; by default one of its own.

    Notes
    -----
    A linear programme is begun where the last one ended: with another objective, or with more rows, it takes
    a hundredth of what the first one took.

    Raises
    ------
    ValueError
        The model has a constraint that is not translated; it is named.
    """

    def __init__(
        self, model: cp_model.CpModel | Linear, over: Over = never, meter: Meter | None = None
    ) -> None:
        self.over, self.meter = over, meter or Meter()
        self.system = model if isinstance(model, Linear) else linear_of(model)
        self._last: _Ended | None = None

    def again(self, rows: Sequence[Row] = (), over: Over | None = None) -> Programme:
        """Return a programme of its own that begins where this one ended, perhaps with more rows."""
        system = self.system.with_rows(rows) if rows else self.system
        found = Programme(system, over or self.over, self.meter)
        found._last = self._last
        return found

    def hold(self, objective: Objective, least: float) -> None:
        """Keep an objective at least at a value."""
        self.system = self.system.with_rows([(objective, least, np.inf)])

    def solve(
        self,
        objective: Objective,
        *,
        seconds: float,
        whole: Bools | bool = True,
        out: Ints | None = None,
        fixed: Floats | None = None,
        relative_gap: float = 1e-6,
        nodes: int | None = None,
        bounding: bool = False,
    ) -> MilpAnswer:
        """Maximise.

        Parameters
        ----------
        objective
            Pairs of factor and variable number.
        seconds
            Time limit.
        whole
            By variable: whether it must be a whole number; or one answer for all.
        out
            Variable numbers that must be 0 in this run.
        fixed
            By variable: the value it must take, or NaN.
        relative_gap
            The proven gap at which to stop.
        nodes
            Limit of search-tree nodes.
        bounding
            Whether the bound of a programme with whole numbers counts. HiGHS lowers a bound to the next
            multiple of the objective's step and has been seen to lose one in doing so, so the objective is
            then changed by a little that has no step, upwards.
        """
        lower, upper = self.system.lower.copy(), self.system.upper.copy()
        if fixed is not None:
            known = ~np.isnan(fixed)
            lower[known] = upper[known] = fixed[known]
        if out is not None:
            upper[out] = 0.0
        integers = np.broadcast_to(np.asarray(whole), lower.shape)
        kept = lower < upper
        part, rows = self.system.of_columns(kept, lower)
        if not self.system.of_rows_kept(rows, lower):
            return MilpAnswer(None, 0.0, float("-inf"), infeasible=True)
        factors = factors_of(objective, len(lower))
        if not kept.any():
            # Nothing is left to choose, and HiGHS says nothing of that.
            fixed_worth, prices = float(factors @ lower), np.zeros(self.system.rows)
            return MilpAnswer(lower, fixed_worth, fixed_worth, infeasible=False, duals=prices)
        aim = factors[kept] + (_upwards(factors[kept], lower[kept]) if bounding else 0.0)
        relaxed, as_it_is = not integers.any(), fixed is None and out is None
        start = self._start(aim, part.rows) if relaxed and as_it_is else None
        part = replace(part, lower=lower[kept], upper=upper[kept])
        ran = run(
            part,
            aim,
            integers[kept],
            over=self.over,
            seconds=seconds,
            relative_gap=relative_gap,
            nodes=nodes,
            start=start,
        )
        if ran is None:
            return MilpAnswer(None, 0.0, float("inf"), infeasible=False)
        self.meter.count(ran.iterations, whole=bool(integers[kept].any()))
        if ran.basis is not None and as_it_is:
            self._last = _Ended(ran.basis, aim, part.rows)
        return self._answer(ran, factors, kept, lower, rows, relaxed=relaxed)

    def _start(self, aim: Floats, rows: int) -> Start | None:
        last = self._last
        if last is None or len(last.aim) != len(aim) or last.rows > rows:
            return None
        return Start(last.basis, primal=not (last.rows < rows and np.array_equal(last.aim, aim)))

    def _answer(
        self, ran: Ran, factors: Floats, kept: Bools, lower: Floats, rows: Ints, *, relaxed: bool
    ) -> MilpAnswer:
        """Return what a run over some columns and rows says of the whole programme."""
        values, reached, duals = None, 0.0, None
        if ran.values is not None:
            values = lower.copy()
            values[kept] = ran.values
            reached = float(factors @ values)
        if relaxed and (ran.duals is not None or (values is not None and not len(rows))):
            # Without rows there is nothing to price.
            duals = np.zeros(self.system.rows)
            duals[rows] = 0.0 if ran.duals is None else ran.duals
        # What fixed variables earn is no part of the programme that is solved.
        bound = ran.bound + float(factors[~kept] @ lower[~kept])
        if duals is not None:
            bound = self.system.dual_bound(factors, duals)
        return MilpAnswer(values, reached, bound, ran.infeasible, duals, ran.seconds)


@dataclass(frozen=True)
class _Ended:
    """Where a linear programme ended: its basis, objective, and number of rows."""

    basis: object
    aim: Floats
    rows: int


def _upwards(factors: Floats, lower: Floats) -> Floats:
    """Return what is added to an objective so that it has no step: small, and never less for any values."""
    irrational = np.modf(np.arange(1, len(factors) + 1) * np.sqrt(2))[0]
    return np.where((factors != 0) & (lower >= 0), _STEPLESS * irrational, 0.0)


def factors_of(objective: Objective, count: int) -> Floats:
    """Return an objective as one factor for each of `count` variables."""
    factors = np.zeros(count)
    for factor, variable in objective:
        factors[variable] += factor
    return factors


def terms_of(factors: Floats) -> list[tuple[float, int]]:
    """Return an objective given by variable as pairs of factor and variable number."""
    return [(float(factors[v]), int(v)) for v in np.flatnonzero(factors)]
