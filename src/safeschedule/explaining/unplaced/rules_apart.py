"""A part of the week in which each hard rule can be switched on and off."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.explaining.shrinking import shrink
from safeschedule.model.build import Build
from safeschedule.model.encode import encode_apart
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, small_solver
from safeschedule.solving.neighbourhood import Part

# In the solver's own units, so that an answer does not depend on the machine; hardly any takes a tenth.
_LIMIT = 5.0

BACKGROUND = ("no_overlap",)
"""Always on, beside working periods, outside which there are no rows at all."""


class UndecidedError(Exception):
    """A question was not answered in its limit, or the work was stopped."""


class RulesApart:
    """Some rows with every hard rule on a switch of its own.

    Parameters
    ----------
    index
        The problem.
    rows
        Rows of the whole.
    part
        Which of them take part, and which are kept.
    wanted
        By option: which rows of the whole are openings, of which just one has to be chosen, and no other
        opening of the same request.
    staying
        Rows of the whole that may move, but better stay.
    budget
        Its stop ends a question.
    """

    def __init__(
        self,
        index: Index,
        rows: Rows,
        part: Part,
        wanted: Sequence[Bools],
        staying: Bools,
        budget: Budget,
    ) -> None:
        self._part, self._budget = part, budget
        self._build, ranges = encode_apart(index, rows.take(part.numbers), part.fixed, part.people)
        model = self._build.model
        self._switches = {name: model.new_bool_var("") for name in ranges}
        for name, numbers in ranges.items():
            for number in numbers:
                model.proto.constraints[number].enforcement_literal.append(self._switches[name].index)
        self._asked = [self._build.model.new_bool_var("") for _ in wanted]
        requests, free = rows.request[part.numbers], ~part.fixed
        for switch, openings in zip(self._asked, wanted, strict=True):
            mine = openings[part.numbers]
            others = free & np.isin(requests, requests[mine]) & ~mine
            for which, count in ((mine, 1), (others, 0)):
                chosen = [self._build.row_vars[n] for n in np.flatnonzero(which)]
                model.add(cp_model.LinearExpr.sum(chosen) == count).only_enforce_if(switch)
        self._staying = [self._build.row_vars[n] for n in np.flatnonzero(staying[part.numbers])]
        self.rules: tuple[str, ...] = tuple(n for n in ranges if len(ranges[n]) and n not in BACKGROUND)

    @property
    def build(self) -> Build:
        """The model."""
        return self._build

    def fits(self, option: int, rules: Collection[str], *, quietly: bool = False) -> Bools | None:
        """Return chosen rows of the part that use an opening of the option and keep the rules, or ``None``.

        With `quietly`, as many movable blocks as possible stay where they are.

        Raises
        ------
        UndecidedError
            It was not decided.
        """
        model = self._build.model
        for name, switch in self._switches.items():
            _fix(model, switch, name in rules or name in BACKGROUND)
        for number, switch in enumerate(self._asked):
            _fix(model, switch, number == option)
        model.clear_objective()  # type: ignore[no-untyped-call]
        if quietly and self._staying:
            model.maximize(cp_model.LinearExpr.sum(self._staying))
        solver = small_solver(_LIMIT)
        status = run(solver, model, self._budget)
        if status == cp_model.INFEASIBLE:
            return None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise UndecidedError
        return np.array([solver.value(variable) for variable in self._build.row_vars], dtype=np.int64) > 0

    def core(self, option: int, known: Collection[tuple[str, ...]] = ()) -> tuple[str, ...] | None:
        """Return rules that forbid an option and of which none can be spared; ``None``: it is allowed.

        Nothing is left when the background alone forbids it. Known cores are tried first.

        Raises
        ------
        UndecidedError
            It was not decided.
        """
        if self.fits(option, self.rules) is not None:
            return None
        if self.fits(option, ()) is None:
            return ()
        for core in known:
            if set(core) <= set(self.rules) and self._is_core(option, core):
                return core
        needed = shrink(self.rules, lambda held: self.fits(option, held) is None)
        return tuple(sorted(needed, key=self.rules.index))

    def _is_core(self, option: int, core: tuple[str, ...]) -> bool:
        if self.fits(option, core) is not None:
            return False
        if len(core) == 1:
            return True  # the background alone allows it
        return all(self.fits(option, [n for n in core if n != name]) is not None for name in core)

    def numbers(self, chosen: Bools) -> Ints:
        """Return row numbers of the whole of chosen rows of the part."""
        return self._part.numbers[chosen]


def _fix(model: cp_model.CpModel, variable: cp_model.IntVar, value: bool) -> None:
    domain = model.proto.variables[variable.index].domain
    domain.clear()
    domain.extend([int(value), int(value)])
