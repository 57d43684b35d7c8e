"""A subproblem in which each hard rule can be switched on and off."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy

from safeschedule.model.build import Build
from safeschedule.model.encode import encode_apart
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptibleModel
from safeschedule.model.rows import Rows
from safeschedule.model.variables import Var
from safeschedule.solving.neighbourhood import Part
from safeschedule.solving.subproblem.encoded import Subproblem


class Switched(Subproblem):
    """A build in which each hard rule has a switch: a literal without which its constraints ask nothing.

    Parameters
    ----------
    build
        The placements. No rule relies on another's being there.
    ranges
        By rule: the numbers of its constraints.
    """

    def __init__(self, build: Build, ranges: Mapping[str, range]) -> None:
        super().__init__(build)
        self._ranges = ranges
        self._switches = {name: build.model.new_bool_var("") for name in ranges}
        for name, numbers in ranges.items():
            for number in numbers:
                build.model.proto.constraints[number].enforcement_literal.append(self._switches[name].index)

    @classmethod
    def apart(cls, index: Index, rows: Rows, part: Part) -> Switched:
        """Return a part of rows under all hard rules, without what soft rules would cost."""
        return cls(*encode_apart(index, rows.take(part.numbers), part.fixed, part.people))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that ask anything here."""
        return tuple(name for name, numbers in self._ranges.items() if len(numbers))

    def switch(self, rules: Collection[str]) -> None:
        """Let these rules hold from now on, and no other."""
        for name, switch in self._switches.items():
            settle(self.build, switch, value=name in rules)

    def bent(self, rule: str) -> tuple[Subproblem, list[int]]:
        """Return a copy in which a rule may be broken, and by constraint of it a literal: whether it is kept.

        All else is switched as it is now. The variables have the same numbers in the copy.
        """
        build = copy(self.build)
        model = build.model = InterruptibleModel(build.index.over)
        model.proto.copy_from(self.build.model.proto)
        kept = []
        for number in self._ranges[rule]:
            kept.append(model.new_bool_var("").index)
            literals = model.proto.constraints[number].enforcement_literal
            others = [literal for literal in literals if literal != self._switches[rule].index]
            literals.clear()
            literals.extend([*others, kept[-1]])
        return Subproblem(build), kept


def settle(build: Build, variable: Var, *, value: bool) -> None:
    """Give a literal of a build one value; it can be given the other one later."""
    domain = build.model.proto.variables[variable.index].domain
    domain.clear()
    domain.extend([int(value), int(value)])
