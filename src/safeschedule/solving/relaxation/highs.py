"""Runs of HiGHS: a linear system in, what it says out; ended from outside, and begun from a basis.

Huangfu and Hall 2018, "Parallelizing the dual revised simplex method", doi:10.1007/s12532-017-0130-5.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from safeschedule.model.index import Bools
from safeschedule.model.interrupting import Over
from safeschedule.solving.relaxation.linear_program import Floats, Linear

# Seconds between two looks at a run, and after its limit or its end from outside at which it is waited for
# no longer.
_LOOK, _GRACE = 0.02, 0.25
# Seconds that a process waits at its end, at most, for runs that were left to themselves.
_LEAVING = 10.0
_LEAST_SECONDS = 0.05
_RUNNING: set[threading.Thread] = set()
_LOG = logging.getLogger(__name__)

_Asks = highspy.cb.HighsCallbackType
_DUAL, _PRIMAL = 1, 4
# Prices of the dual simplex: steepest edge, which HiGHS takes by itself, has as many iterations in these
# programmes, and each takes far longer (Forrest and Goldfarb 1992, doi:10.1007/BF01581089, on both).
_DEVEX = 1
# Columns from which it is taken: smaller programmes gain a tenth of a second, and lead to other weeks.
_MANY = 5000
_FEASIBLE = 2
_NO_SOLUTION = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


@dataclass(frozen=True)
class Start:
    """Where a linear programme begins: the basis at which another one ended.

    Parameters
    ----------
    basis
        Of the same columns, and of the first of the rows; rows that came later are basic.
    primal
        Whether the basis keeps all rows (the objective changed), so that the primal simplex goes on from it;
        otherwise rows came later that it may break, and the dual simplex does.
    """

    basis: Any
    primal: bool


@dataclass(frozen=True)
class Ran:
    """What a run says.

    Parameters
    ----------
    values
        By column; ``None`` without a solution.
    duals
        By row, of a linear programme that was solved; ``None`` otherwise.
    bound
        That a search for whole numbers proved (infinite when there is none).
    infeasible
        Whether it was proven to have no solution.
    iterations
        Of the simplex method, all together.
    seconds
        What the run took.
    basis
        At which a linear programme ended.
    """

    values: Floats | None
    duals: Floats | None
    bound: float
    infeasible: bool
    iterations: int
    seconds: float
    basis: Any = None


def running() -> bool:
    """Return whether a run of HiGHS that was left to itself still goes on."""
    return bool(_RUNNING)


@atexit.register
def _wait() -> None:
    until = time.monotonic() + _LEAVING
    for thread in list(_RUNNING):
        thread.join(max(0.0, until - time.monotonic()))


def run(
    system: Linear,
    factors: Floats,
    integers: Bools,
    *,
    over: Over,
    seconds: float,
    relative_gap: float,
    nodes: int | None = None,
    start: Start | None = None,
) -> Ran | None:
    """Maximise, or return ``None`` when it is time to end or when HiGHS fails.

    HiGHS looks at its clock and listens to who interrupts it while it iterates, but not while it simplifies
    the programme, nor in a search for whole numbers before that branches. So it runs in a thread that is left
    to itself if it does not end at once; it ends at its time limit. A process that ends before that waits
    for it, because HiGHS would abort it, whatever it has done.
    """
    if over():
        return None
    seconds = max(seconds, _LEAST_SECONDS)
    solver = _solver(system, factors, integers, start)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", relative_gap)
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    faults: list[Exception] = []
    done = threading.Event()

    def work() -> None:
        try:
            solver.run()
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
        if over() or time.monotonic() > until:
            _interrupt(solver)
            _LOG.debug("HiGHS is left to itself after %.1f s", seconds)
            return None
    if faults:
        # Seen on rare models without a solution; the search goes on without a plan then.
        _LOG.warning("HiGHS gave no answer: %s", faults[0])
        return None
    return _read(solver, whole=bool(integers.any()))


def _solver(system: Linear, factors: Floats, integers: Bools, start: Start | None) -> highspy.Highs:
    solver = _Quiet()
    # One thread: searches run side by side, and more would not give the same answer each time.
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("parallel", "off")
    solver.passModel(_model(system, factors, integers))
    if len(factors) >= _MANY and not integers.any():
        solver.setOptionValue("simplex_dual_edge_weight_strategy", _DEVEX)
    if start is not None:
        solver.setBasis(_with_rows(start.basis, system.rows))
        solver.setOptionValue("simplex_strategy", _PRIMAL if start.primal else _DUAL)
    return solver


def _model(system: Linear, factors: Floats, integers: Bools) -> highspy.HighsLp:
    order = np.lexsort((system.column, system.row))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(factors), system.rows
    model.sense_, model.col_cost_ = highspy.ObjSense.kMaximize, factors
    model.col_lower_, model.col_upper_ = system.lower, system.upper
    model.row_lower_, model.row_upper_ = system.low, system.high
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = len(factors), system.rows
    matrix.start_ = _begins(system)
    matrix.index_ = system.column[order].astype(np.int32)
    matrix.value_ = system.factor[order]
    if integers.any():
        kinds = {False: highspy.HighsVarType.kContinuous, True: highspy.HighsVarType.kInteger}
        model.integrality_ = [kinds[whole] for whole in integers.tolist()]
    return model


def _begins(system: Linear) -> npt.NDArray[np.int32]:
    counts = np.bincount(system.row, minlength=system.rows)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def _with_rows(basis: Any, rows: int) -> Any:
    """Return a basis of so many rows: those that came later are basic, as if they were not there."""
    found = highspy.HighsBasis()
    found.col_status = basis.col_status
    known = list(basis.row_status)
    found.row_status = known + [highspy.HighsBasisStatus.kBasic] * (rows - len(known))
    found.valid = True
    return found


class _Quiet(highspy.Highs):
    """HiGHS that prints nothing: its own beginning tells its version on standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
        self.setCallback(_end, None)


def _end(_kind: Any, _message: str, _out: Any, answer: Any, _mine: Any) -> None:
    answer.user_interrupt = True


def _interrupt(solver: highspy.Highs) -> None:
    """Let HiGHS ask whether it is to end, and say yes.

    It asks in each iteration. Each question needs the interpreter's lock, so it asks nothing before this.
    """
    for kind in (_Asks.kCallbackSimplexInterrupt, _Asks.kCallbackMipInterrupt):
        solver.startCallback(kind)


def _read(solver: highspy.Highs, *, whole: bool) -> Ran:
    info, status = solver.getInfo(), solver.getModelStatus()
    solution = solver.getSolution()
    values = np.array(solution.col_value) if info.primal_solution_status == _FEASIBLE else None
    priced = not whole and info.dual_solution_status == _FEASIBLE
    solved = not whole and status == highspy.HighsModelStatus.kOptimal
    return Ran(
        values=values,
        duals=np.array(solution.row_dual) if priced else None,
        bound=float(info.mip_dual_bound) if whole else float("inf"),
        infeasible=status in _NO_SOLUTION,
        iterations=max(0, int(info.simplex_iteration_count)),
        seconds=float(solver.getRunTime()),
        basis=solver.getBasis() if solved else None,
    )
