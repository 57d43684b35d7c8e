"""Other parameters of rules."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from safeschedule.frozen import frozen
from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.rulebook import ParameterValue
from safeschedule.problem.showing import did_you_mean
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.rulebooks import known_rules, with_parameters

Values = Annotated[dict[str, ParameterValue], Field(min_length=1, max_length=SHORT)]


class OtherParameters(ScenarioChange):
    """Rules have other figures. A table names roles beside those that the rulebook has.

    Parameters
    ----------
    rules
        By rule, its parameters with their new values; of others the rulebook's stay.
    """

    name: ClassVar[str] = "parameters"
    main: ClassVar[str] = "rules"
    whole: ClassVar[bool] = True
    example: ClassVar[str] = "parameters = {session_limits = {day = 5, week = 22}}"

    rules: Annotated[dict[Code, Values], Field(min_length=1, max_length=SHORT), AfterValidator(frozen)]

    def apply(self, making: Making) -> None:
        """Set each value; what is out of bounds is found with the other faults of the problem."""
        if not known_rules(making, "", self.rules):
            return
        book = making.problem.rulebook
        for rule, values in self.rules.items():
            known = {parameter.name: parameter.default for parameter in book.known()[rule].parameters}
            for name in (name for name in values if name not in known):
                expected = f"a parameter of the rule{did_you_mean(name, known) or ': ' + ', '.join(known)}"
                making.fault("unknown_parameter", f"{rule}.{name}", name, expected)
            now = book.setting(rule).values
            merged = {
                name: {**now[name], **value}  # type: ignore[dict-item]
                if isinstance(value, dict) and isinstance(now.get(name), dict)
                else value
                for name, value in values.items()
                if name in known
            }
            book = with_parameters(book, rule, merged)
        making.update(rulebook=book)


CHANGE = OtherParameters
