"""A part of the week in which each hard rule can be switched on and off."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from safeschedule.explaining.shrinking import shrink
from safeschedule.explaining.undecided import UndecidedError
from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import Part
from safeschedule.solving.subproblem import SMALL, Subproblem, Switched, settle

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
        self._made = Switched.apart(index, rows, part)
        model = self._made.build.model
        self._asked = [model.new_bool_var("") for _ in wanted]
        requests, free = rows.request[part.numbers], ~part.fixed
        for switch, openings in zip(self._asked, wanted, strict=True):
            mine = openings[part.numbers]
            others = free & np.isin(requests, requests[mine]) & ~mine
            self._made.count(mine, 1, 1, only_if=switch)
            self._made.count(others, 0, 0, only_if=switch)
        self._staying = staying[part.numbers]
        self.rules: tuple[str, ...] = tuple(name for name in self._made.rules if name not in BACKGROUND)

    @property
    def build(self) -> Build:
        """The model."""
        return self._made.build

    def fits(self, option: int | None, rules: Collection[str]) -> Bools | None:
        """Return chosen rows of the part that use an opening of the option and keep the rules, or ``None``.

        Without an option it is asked whether the rules can be kept at all.

        Raises
        ------
        UndecidedError
            It was not decided.
        """
        self._switch(option, rules)
        return self._solved(self._made)

    def _switch(self, option: int | None, rules: Collection[str]) -> None:
        self._made.switch({*rules, *BACKGROUND})
        for number, asked in enumerate(self._asked):
            settle(self._made.build, asked, value=number == option)

    def _solved(self, made: Subproblem) -> Bools | None:
        answer = made.solve(budget=self._budget, limit=_LIMIT, seed=1, engine=SMALL)
        if answer.chosen is None and not answer.infeasible:
            raise UndecidedError
        return answer.chosen

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
        bent, kept = self._made.bent(rule)
        staying = [(1, number) for number in bent.build.row_index[self._staying].tolist()]
        bent.aim([[(1, literal) for literal in kept], staying])
        return self._solved(bent)

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
