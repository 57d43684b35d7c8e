"""Rulebooks whose limits are small enough to bind in a small week."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st

from safeschedule.catalogue import Rule, Value
from safeschedule.catalogue import rules as all_rules
from safeschedule.problem import Rulebook
from safeschedule.testing.strategies.drawing import Draw, chance, one_of

_MIDDAYS = ("12:30", "11:00", "12:00", "13:15")


@st.composite
def rulebooks(draw: st.DrawFn, rules: Collection[str] | None = None) -> Rulebook:
    """Draw a rulebook in which all rules apply as in the catalogue, with other parameters.

    Parameters
    ----------
    rules
        Rules whose parameters vary; ``None``: all that have any.
    """
    settings = {}
    for name, rule in all_rules().items():
        if (rules is None or name in rules) and any(p.tight for p in rule.parameters) and chance(draw, 50):
            settings[name] = {"parameters": tight_parameters(draw, rule)}
    midday = one_of(draw, *_MIDDAYS)
    return Rulebook.model_validate({"name": "drawn", "midday": midday, "rules": settings})


def tight_parameters(draw: Draw, rule: Rule) -> dict[str, Value]:
    """Return values of a rule's parameters at which it bites in a small week; they shrink to the defaults."""
    return {p.name: one_of(draw, p.default, *p.tight) for p in rule.parameters if p.tight}
