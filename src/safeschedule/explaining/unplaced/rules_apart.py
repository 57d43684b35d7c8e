"""A part of the week in which each hard rule can be switched on and off."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.explaining.shrinking import shrink
from safeschedule.explaining.undecided import UndecidedError
from safeschedule.model.build import Build
from safeschedule.model.encode import encode_apart
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, small_solver
from safeschedule.solving.neighbourhood import Part

# In the solver's own units, so that an answer does not depend on the machine; hardly any takes a tenth.
_LIMIT = 5.0
_BUILDING = 5e-5

BACKGROUND = ("no_overlap",)
"""Always on, beside working periods, outside which there are no rows at all."""


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
        # No solver counts the time of building: it is booked, so that a limit in the solver's units holds.
        budget.spend(_BUILDING * len(part.numbers))
        self._build, ranges = encode_apart(index, rows.take(part.numbers), part.fixed, part.people)
        model, self._ranges = self._build.model, ranges
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

    def fits(self, option: int | None, rules: Collection[str]) -> Bools | None:
        """Return chosen rows of the part that use an opening of the option and keep the rules, or ``None``.

        Without an option it is asked whether the rules can be kept at all.

        Raises
        ------
        UndecidedError
            It was not decided.
        """
        self._switch(option, rules)
        model = self._build.model
        model.clear_objective()  # type: ignore[no-untyped-call]
        return self._solved(model)

    def _switch(self, option: int | None, rules: Collection[str]) -> None:
        for name, switch in self._switches.items():
            _fix(self._build.model, switch, name in rules or name in BACKGROUND)
        for number, switch in enumerate(self._asked):
            _fix(self._build.model, switch, number == option)

    def _solved(self, model: cp_model.CpModel) -> Bools | None:
        solver = small_solver(_LIMIT)
        status = run(solver, model, self._budget)
        if status == cp_model.INFEASIBLE:
            return None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise UndecidedError
        values = np.array(solver.response_proto.solution, dtype=np.int64)
        found: Bools = values[[variable.index for variable in self._build.row_vars]] > 0
        return found

    def breaking(self, option: int, rules: Collection[str], rule: str) -> Bools | None:
        """Return chosen rows that use the option, keep the rules, and break one more as little as they can.

        What a rule asks is many constraints. As few as possible are broken, so that what is seen is the
        demand that binds, and not others of the rule that could be met. Then as many movable blocks as
        possible stay where they are.

        Raises
        ------
        UndecidedError
            It was not decided.
        """
        self._switch(option, rules)
        model = self._build.model.clone()
        kept = []
        for number in self._ranges[rule]:
            kept.append(model.new_bool_var(""))
            literals = model.proto.constraints[number].enforcement_literal
            others = [n for n in literals if n != self._switches[rule].index]
            literals.clear()
            literals.extend([*others, kept[-1].index])
        weights = [len(self._staying) + 1] * len(kept) + [1] * len(self._staying)
        # The same variables have the same numbers in the copy.
        staying = [model.get_int_var_from_proto_index(variable.index) for variable in self._staying]
        model.maximize(cp_model.LinearExpr.weighted_sum([*kept, *staying], weights))
        return self._solved(model)

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
        return self.core_of(option, self.rules, known)

    def core_of(
        self, option: int, rules: Sequence[str], known: Collection[tuple[str, ...]] = ()
    ) -> tuple[str, ...]:
        """Return of rules that forbid an option those of which none can be spared (see `core`)."""
        if self.fits(option, ()) is None:
            return ()
        for core in known:
            if set(core) <= set(rules) and self._is_core(option, core):
                return core
        needed = shrink(rules, lambda held: self.fits(option, held) is None)
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
