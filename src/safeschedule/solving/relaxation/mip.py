"""The plan layer as a mixed-integer programme, solved by HiGHS through MathOpt."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools, Ints
from safeschedule.model.interrupting import Over, never
from safeschedule.solving.relaxation.linear_program import Floats, Linear, linear_of

# At most this is added to each factor of an objective that is to have no step.
_STEPLESS = 1e-3
# Seconds between two looks at a run, and after its limit at which it is waited for no longer.
_LOOK, _GRACE = 0.02, 0.25
# Seconds that a process waits at its end, at most, for runs that were left to themselves.
_LEAVING = 10.0
_RUNNING: set[threading.Thread] = set()
_LOG = logging.getLogger(__name__)

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


def running() -> bool:
    """Return whether a run of HiGHS that was left to itself still goes on."""
    return bool(_RUNNING)


@atexit.register
def _wait() -> None:
    until = time.monotonic() + _LEAVING
    for thread in list(_RUNNING):
        thread.join(max(0.0, until - time.monotonic()))


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
        aim = factors[kept] + (_upwards(factors[kept], lower[kept]) if bounding else 0.0)
        proto = _proto(part, lower[kept], upper[kept], aim, integers[kept])
        answer = self._run(proto, seconds, relative_gap, nodes)
        # What fixed variables earn is no part of the programme that is solved.
        constant = float(factors[~kept] @ lower[~kept])
        if answer is None:
            return MilpAnswer(None, 0.0, float("inf"), infeasible=False)
        self.meter.count(answer.solve_stats.simplex_iterations, whole=bool(integers[kept].any()))
        values, reached, duals = None, 0.0, None
        if answer.has_primal_feasible_solution():
            values = lower.copy()
            values[kept] = _in_order(answer.variable_values())
            reached = float(factors @ values)
        # Without rows there is nothing to price, and HiGHS does not speak of prices.
        priced = answer.has_dual_feasible_solution() or (values is not None and not part.rows)
        if not integers.any() and priced:
            duals = np.zeros(self.system.rows)
            duals[rows] = _in_order(answer.dual_values()) if part.rows else 0.0
        bound = float(answer.termination.objective_bounds.dual_bound) + constant
        if duals is not None:
            bound = self.system.dual_bound(factors, duals)
        return MilpAnswer(
            values=values,
            objective=reached,
            bound=bound,
            infeasible=answer.termination.reason == mathopt.TerminationReason.INFEASIBLE,
            duals=duals,
            seconds=answer.solve_time().total_seconds(),
        )

    def _run(
        self, proto: model_pb2.ModelProto, seconds: float, relative_gap: float, nodes: int | None
    ) -> mathopt.SolveResult | None:
        """Run HiGHS, or return ``None`` when it is time to end or when it fails.

        HiGHS does not listen to MathOpt's interrupter, and not always to its time limit, so it runs in a
        thread that is left to itself then; it ends at its time limit. A process that ends before that waits
        for it, because HiGHS would abort it, whatever it has done.
        """
        if self.over():
            return None
        seconds = max(seconds, 0.05)
        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=seconds),
            relative_gap_tolerance=relative_gap,
            node_limit=nodes,
        )
        model = mathopt.Model.from_model_proto(proto)
        found: list[mathopt.SolveResult] = []
        faults: list[Exception] = []
        done = threading.Event()

        def work() -> None:
            try:
                found.append(mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters))
            except Exception as fault:
                faults.append(fault)
            finally:
                _RUNNING.discard(threading.current_thread())
                done.set()

        thread = threading.Thread(target=work, daemon=True)
        _RUNNING.add(thread)
        thread.start()
        # Of a run that is limited by nodes alone, the clock decides nothing.
        until = time.monotonic() + seconds + _GRACE
        while not done.wait(_LOOK):
            if self.over() or time.monotonic() > until:
                _LOG.debug("HiGHS is left to itself after %.1f s", seconds)
                return None
        if faults:
            # Seen on rare models without a solution; the search goes on without a plan then.
            _LOG.warning("HiGHS gave no answer: %s", faults[0])
            return None
        return found[0]


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


def _in_order(values: Mapping[Any, float]) -> Floats:
    """Return values by variable (or row) in the order of their numbers."""
    return np.array([value for _, value in sorted((key.id, value) for key, value in values.items())])


def _proto(
    system: Linear, lower: Floats, upper: Floats, factors: Floats, integers: Bools
) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    count = len(lower)
    proto.variables.ids.extend(range(count))
    proto.variables.lower_bounds.extend(lower)
    proto.variables.upper_bounds.extend(upper)
    proto.variables.integers.extend(integers)
    proto.linear_constraints.ids.extend(range(system.rows))
    proto.linear_constraints.lower_bounds.extend(system.low)
    proto.linear_constraints.upper_bounds.extend(system.high)
    order = np.lexsort((system.column, system.row))
    proto.linear_constraint_matrix.row_ids.extend(system.row[order])
    proto.linear_constraint_matrix.column_ids.extend(system.column[order])
    proto.linear_constraint_matrix.coefficients.extend(system.factor[order])
    worth = np.flatnonzero(factors)
    proto.objective.maximize = True
    proto.objective.linear_coefficients.ids.extend(worth)
    proto.objective.linear_coefficients.values.extend(factors[worth])
    return proto
