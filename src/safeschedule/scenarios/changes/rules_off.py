"""Rules that do not apply."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.taking import Many
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.rulebooks import known_rules, with_fields


class RulesOff(ScenarioChange):
    """Rules do not apply; what they say stays, for others who read it.

    Parameters
    ----------
    rules
        The names of the rules.
    """

    name: ClassVar[str] = "rules_off"
    main: ClassVar[str] = "rules"
    example: ClassVar[str] = 'rules_off = ["recovery_buffer"]'

    rules: Many[Code] = Field(min_length=1, max_length=SHORT)

    def apply(self, making: Making) -> None:
        """Switch each off."""
        if known_rules(making, "rules", self.rules, physical=False):
            book = making.problem.rulebook
            for rule in self.rules:
                book = with_fields(book, rule, enabled=False)
            making.update(rulebook=book)


CHANGE = RulesOff
