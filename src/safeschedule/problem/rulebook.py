"""Which rules apply, with which parameters, in which tier, hard or soft, with which weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, PrivateAttr, StrictBool

from safeschedule.catalogue import CustomRule, Rule, Tier, Trait, Value, installed_rule, rules
from safeschedule.errors import ArgumentError, Fault, UnknownRuleError
from safeschedule.frozen import FrozenDict, frozen
from safeschedule.problem.clock import Clock, parse_clock
from safeschedule.problem.entity import SHORT, Code, Entity, Name
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.once import once_each
from safeschedule.problem.taking import Entries, Table, WordOrNone, usual
from safeschedule.problem.watching import ReviewDays, WatchedIndicator

ParameterValue = int | float | bool | str | tuple[str, ...] | dict[str, int | float | str]

if TYPE_CHECKING:
    from safeschedule.problem.taking import Taking

    Values = Taking[dict[str, ParameterValue], Mapping[str, Any]]
else:
    Values = dict[str, ParameterValue]

Parameters = Annotated[Values, Field(max_length=SHORT), AfterValidator(frozen)]


class RuleSetting(Entity):
    """What a rulebook says of one rule; what it leaves out stays as in the catalogue."""

    enabled: StrictBool = True
    hard: StrictBool | None = None
    tier: WordOrNone[Tier] = usual(None)
    weight: int | None = Field(default=None, ge=0, le=100_000, strict=True)
    parameters: Parameters = Field(default_factory=usual(FrozenDict))


OFF = RuleSetting(enabled=False)
"""Of a rule that does not apply."""


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
    custom
        The rule with its sides, if it does not come with the package.
    """

    rule: Rule
    enabled: bool
    hard: bool
    tier: Tier
    weight: int
    values: Mapping[str, Value]
    custom: CustomRule | None = None

    def whole(self, name: str) -> int:
        """Return a whole-number parameter (minutes, sessions, ...)."""
        return int(str(self.values[name]))

    def exact(self, name: str) -> Decimal:
        """Return a decimal parameter, exactly."""
        return Decimal(str(self.values[name]))

    def clock(self, name: str) -> int:
        """Return a clock-time parameter in minutes since midnight."""
        return parse_clock(self.values[name])

    def flag(self, name: str) -> bool:
        """Return a parameter that is true or false."""
        return self.values[name] is True

    def names(self, name: str) -> tuple[str, ...]:
        """Return a parameter that lists names."""
        value = self.values[name]
        return tuple(value) if isinstance(value, list | tuple) else (str(value),)

    def by_role(self, name: str, role: str) -> Decimal:
        """Return a table parameter's entry for `role`, or its entry ``default``."""
        table: Any = self.values[name]
        return Decimal(str(table.get(role, table["default"])))


Rules = Annotated[Table[RuleSetting], Field(max_length=SHORT), AfterValidator(frozen)]


class Rulebook(Entity):
    """A named, versioned set of choices; an empty one is the catalogue as it stands.

    Parameters
    ----------
    midday
        Where half-days part.
    rules
        Settings by rule name.
    watched
        Thresholds and windows of early warnings, each measure once; of others the defaults count.
    warning_review_days
        Days from the end of a week to the date by which its early warnings are reviewed.
    warning_reviewer
        Who sees to that, by role.

    Examples
    --------
    >>> from safeschedule import Rulebook, RuleSetting
    >>> strict = Rulebook(name="strict", rules={"session_limits": RuleSetting(parameters={"day": 4})})
    >>> strict.setting("session_limits").whole("day")
    4
    """

    name: Name = "default"
    version: Name = "1"
    midday: Clock = usual(12 * 60 + 30)
    rules: Rules = Field(default_factory=usual(FrozenDict))
    watched: Entries[WatchedIndicator] = Field(default=usual(()), max_length=SHORT)
    warning_review_days: ReviewDays = 7
    warning_reviewer: Code = "team lead"
    _given: tuple[CustomRule, ...] = PrivateAttr(default=())

    def with_rules(self, given: Iterable[CustomRule]) -> Rulebook:
        """Return the rulebook with rules of one's own, which it names and brings along.

        Raises
        ------
        ArgumentError
            Something given is no `CustomRule`, or its name is that of another rule.
        """
        kind = (tuple, list) if isinstance(given, str | Mapping) else Iterable
        require_kind("with_rules", "rules", given, kind, "a list of safeschedule.CustomRule")
        more = tuple(given)
        if not more:
            return self
        _require_rules(more)
        before = tuple(rule for rule in self._given if rule.name not in {own.name for own in more})
        named = {rule.name: RuleSetting() for rule in more}
        book = self.model_copy(update={"rules": {**named, **self.rules}})
        book._given = (*before, *more)
        return book

    def with_settings(self, settings: Mapping[str, RuleSetting]) -> Rulebook:
        """Return the rulebook with other settings of some rules, what it says of all others kept.

        Whether there are such rules and parameters is looked at where the rulebook is used.

        Raises
        ------
        ArgumentError
            It is no mapping from names of rules to their settings.
        """
        require_kind("with_settings", "settings", settings, Mapping, "a mapping from rules to RuleSettings")
        for name, setting in settings.items():
            require_kind("with_settings", f"settings[{name!r}]", setting, RuleSetting, "a RuleSetting")
        return self.model_copy(update={"rules": {**self.rules, **settings}})

    def custom_rules(self) -> dict[str, CustomRule]:
        """Return the rules of one's own that it brings along, or that are installed and named in it."""
        found = {rule.name: rule for rule in self._given}
        for name in self.rules:
            if name not in rules() and name not in found:
                offered = installed_rule(name)
                if isinstance(offered, CustomRule):
                    found[name] = offered
        return found

    def known(self) -> dict[str, Rule]:
        """Return every rule of which it can say something: those of the package, and its own."""
        return {**rules(), **{name: custom.statement for name, custom in self.custom_rules().items()}}

    def rules_with(self, trait: Trait) -> tuple[str, ...]:
        """Return the names of the rules with a trait, whether they are on or not."""
        return tuple(name for name, rule in self.known().items() if trait in rule.traits)

    def setting(self, name: str) -> Setting:
        """Return a rule as it applies.

        Raises
        ------
        UnknownRuleError
            No rule has this name.
        """
        require_kind("setting", "name", name, str, "the name of a rule")
        # Asked for very often, of every client and request.
        resolved = _resolved(self)
        if name not in resolved:
            resolved[name] = self._setting(name)
        return resolved[name]

    def _setting(self, name: str) -> Setting:
        custom = None if name in rules() else self.custom_rules().get(name)
        if custom is None and name not in rules():
            raise UnknownRuleError(name, tuple(self.known()))
        rule = rules()[name] if custom is None else custom.statement
        own = self.rules.get(name, RuleSetting())
        defaults = {parameter.name: parameter.default for parameter in rule.parameters}
        values = FrozenDict({key: own.parameters.get(key, default) for key, default in defaults.items()})
        return Setting(
            rule=rule,
            enabled=own.enabled,
            hard=rule.hard if own.hard is None else own.hard,
            tier=rule.tier if own.tier is None else own.tier,
            weight=rule.weight if own.weight is None else own.weight,
            values=values,  # type: ignore[arg-type]
            custom=custom,
        )

    def settings(self) -> dict[str, Setting]:
        """Return every enabled rule as it applies, by name."""
        found = {name: self.setting(name) for name in self.known()}
        return {name: setting for name, setting in found.items() if setting.enabled}


@once_each
def _resolved(book: Rulebook) -> dict[str, Setting]:
    """Return where a rulebook's settings are kept once they were asked for."""
    del book
    return {}


def _require_rules(given: tuple[object, ...]) -> None:
    names: set[str] = set()
    for number, rule in enumerate(given):
        place = f"rules[{number}]"
        if not isinstance(rule, CustomRule):
            fault = Fault("wrong_type", place, type(rule).__name__, "a safeschedule.CustomRule")
        elif rule.name in rules() or rule.name in names:
            fault = Fault("rule_taken", place, rule.name, "a name that no other rule has")
        else:
            names.add(rule.name)
            continue
        raise ArgumentError("rules", [fault])
