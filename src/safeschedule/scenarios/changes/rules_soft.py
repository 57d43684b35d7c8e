"""Rules that cost instead of forbidding."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.taking import Many
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.rulebooks import known_rules, with_fields


class RulesSoft(ScenarioChange):
    """Rules cost what breaks them, and forbid nothing.

    Parameters
    ----------
    rules
        The names of the rules.
    weight
        What a unit of violation costs; ``None``: as the rulebook or the catalogue has it.
    """

    name: ClassVar[str] = "rules_soft"
    main: ClassVar[str] = "rules"
    example: ClassVar[str] = 'rules_soft = {rules = ["late_intake"], weight = 8}'

    rules: Many[Code] = Field(min_length=1, max_length=SHORT)
    weight: Annotated[int, Field(ge=0, le=100_000, strict=True)] | None = None

    def apply(self, making: Making) -> None:
        """Make each soft, in the tier where it stands."""
        if known_rules(making, "rules", self.rules, physical=False):
            book = making.problem.rulebook
            weight = {} if self.weight is None else {"weight": self.weight}
            for rule in self.rules:
                book = with_fields(book, rule, enabled=True, hard=False, **weight)
            making.update(rulebook=book)


CHANGE = RulesSoft
