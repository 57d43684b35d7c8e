"""Which rules apply, with which parameters, in which tier, hard or soft, with which weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StrictBool

from safeschedule.catalogue import Rule, Tier, Value, rules
from safeschedule.errors import UnknownRuleError
from safeschedule.frozen import FrozenDict, frozen
from safeschedule.problem.clock import Clock, parse_clock
from safeschedule.problem.entity import SHORT, Code, Entity, Name

ParameterValue = int | float | bool | str | tuple[str, ...] | dict[str, int | float | str]

Parameters = Annotated[dict[str, ParameterValue], Field(max_length=SHORT), AfterValidator(frozen)]


class RuleSetting(Entity):
    """What a rulebook says of one rule; what it leaves out stays as in the catalogue."""

    enabled: StrictBool = True
    hard: StrictBool | None = None
    tier: Tier | None = None
    weight: int | None = Field(default=None, ge=0, le=100_000, strict=True)
    parameters: Parameters = Field(default_factory=FrozenDict)


@dataclass(frozen=True)
class Setting:
    """A rule as it applies: the catalogue's statement with the rulebook's choices.

    Parameters
    ----------
    rule
        The catalogue entry.
    enabled, hard, tier, weight
        As resolved.
    values
        Every parameter's value by name.
    """

    rule: Rule
    enabled: bool
    hard: bool
    tier: Tier
    weight: int
    values: Mapping[str, Value]

    def whole(self, name: str) -> int:
        """Return a whole-number parameter (minutes, sessions, ...)."""
        return int(str(self.values[name]))

    def exact(self, name: str) -> Decimal:
        """Return a decimal parameter, exactly."""
        return Decimal(str(self.values[name]))

    def clock(self, name: str) -> int:
        """Return a clock-time parameter in minutes since midnight."""
        return parse_clock(self.values[name])

    def names(self, name: str) -> tuple[str, ...]:
        """Return a parameter that lists names."""
        value = self.values[name]
        return tuple(value) if isinstance(value, list | tuple) else (str(value),)

    def by_role(self, name: str, role: str) -> Decimal:
        """Return a table parameter's entry for `role`, or its entry ``default``."""
        table: Any = self.values[name]
        return Decimal(str(table.get(role, table["default"])))


Rules = Annotated[dict[Code, RuleSetting], Field(max_length=SHORT), AfterValidator(frozen)]


class Rulebook(Entity):
    """A named, versioned set of choices; an empty one is the catalogue as it stands.

    Parameters
    ----------
    midday
        Where half-days part.
    rules
        Settings by rule name.

    Examples
    --------
    >>> from safeschedule import Rulebook, RuleSetting
    >>> strict = Rulebook(name="strict", rules={"session_limits": RuleSetting(parameters={"day": 4})})
    >>> strict.setting("session_limits").whole("day")
    4
    """

    name: Name = "default"
    version: Name = "1"
    midday: Clock = 12 * 60 + 30
    rules: Rules = Field(default_factory=FrozenDict)

    def setting(self, name: str) -> Setting:
        """Return a rule as it applies.

        Raises
        ------
        UnknownRuleError
            No rule of the catalogue has this name.
        """
        catalogue = rules()
        if name not in catalogue:
            raise UnknownRuleError(name, tuple(catalogue))
        rule, own = catalogue[name], self.rules.get(name, RuleSetting())
        defaults = {parameter.name: parameter.default for parameter in rule.parameters}
        values = {key: own.parameters.get(key, default) for key, default in defaults.items()}
        return Setting(
            rule=rule,
            enabled=own.enabled,
            hard=rule.hard if own.hard is None else own.hard,
            tier=rule.tier if own.tier is None else own.tier,
            weight=rule.weight if own.weight is None else own.weight,
            values=values,  # type: ignore[arg-type]
        )

    def settings(self) -> dict[str, Setting]:
        """Return every enabled rule as it applies, by name."""
        found = {name: self.setting(name) for name in rules()}
        return {name: setting for name, setting in found.items() if setting.enabled}
