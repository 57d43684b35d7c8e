"""Rulebooks with something of one rule changed, and all else that they say of it kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from safeschedule.catalogue import Tier
from safeschedule.frozen import FrozenDict, frozen
from safeschedule.problem import Rulebook, RuleSetting
from safeschedule.problem.showing import did_you_mean
from safeschedule.scenarios.making import Making


def with_parameters(book: Rulebook, rule: str, values: Mapping[str, Any]) -> Rulebook:
    """Return a rulebook in which some parameters of a rule have other values."""
    own = book.rules.get(rule, RuleSetting())
    parameters = FrozenDict({**own.parameters, **{name: frozen(value) for name, value in values.items()}})
    return book.with_settings({rule: own.model_copy(update={"parameters": parameters})})


def with_fields(book: Rulebook, rule: str, **fields: Any) -> Rulebook:
    """Return a rulebook that says something else of a rule as a whole."""
    own = book.rules.get(rule, RuleSetting())
    return book.with_settings({rule: own.model_copy(update=fields)})


def known_rules(making: Making, field: str, rules: Iterable[str], *, physical: bool = True) -> bool:
    """Return whether rules are known, and none that nobody can break; others are faults.

    Parameters
    ----------
    physical
        Whether physical rules are meant as well.
    """
    known, sound = making.problem.rulebook.known(), True
    for number, rule in enumerate(rules):
        place = f"{field}[{number}]" if field else rule
        if rule not in known:
            making.fault("unknown_rule", place, rule, f"the name of a rule{did_you_mean(rule, list(known))}")
            sound = False
        elif not physical and known[rule].tier is Tier.PHYSICAL:
            making.fault("physical_rule", place, rule, "a rule that can be broken: this one is physical")
            sound = False
    return sound
