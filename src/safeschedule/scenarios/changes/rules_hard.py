"""Rules that have to be kept."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.taking import Many
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.rulebooks import known_rules, with_fields


class RulesHard(ScenarioChange):
    """Rules have to be kept, whether they were soft or off.

    Parameters
    ----------
    rules
        The names of the rules.
    """

    name: ClassVar[str] = "rules_hard"
    main: ClassVar[str] = "rules"
    example: ClassVar[str] = 'rules_hard = ["intensity_pairing"]'

    rules: Many[Code] = Field(min_length=1, max_length=SHORT)

    def apply(self, making: Making) -> None:
        """Switch each on, as a hard rule."""
        if known_rules(making, "rules", self.rules):
            book = making.problem.rulebook
            for rule in self.rules:
                book = with_fields(book, rule, enabled=True, hard=True)
            making.update(rulebook=book)


CHANGE = RulesHard
