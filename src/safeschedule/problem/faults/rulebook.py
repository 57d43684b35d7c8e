"""Rulebooks that say what the catalogue does not know, or watch what nobody measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from safeschedule.catalogue import Parameter, Rule, Tier, Unloadable, installed_names, installed_rule
from safeschedule.errors import Fault
from safeschedule.problem.clock import parse_clock
from safeschedule.problem.faults.view import View
from safeschedule.problem.people import Flag
from safeschedule.problem.rulebook import RuleSetting
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.problem.watching import WATCHABLE
from safeschedule.problem.work import Kind

_KINDS = tuple(str(kind) for kind in Kind)
_FLAGS = tuple(str(flag) for flag in Flag)


def unknown_rules(view: View) -> Iterator[Fault]:
    """Find settings of rules that nobody offers, and of those whose package cannot be loaded."""
    known = view.problem.rulebook.known()
    for name in view.problem.rulebook.rules:
        if name in known:
            continue
        offered = installed_rule(name)
        if isinstance(offered, Unloadable):
            yield Fault("unloadable_rule", _place(name), show(name), f"a rule that can be loaded; {offered}")
        else:
            expected = f"the name of a rule{did_you_mean(name, (*known, *installed_names()))}"
            yield Fault("unknown_rule", _place(name), show(name), expected)


def physical_rules(view: View) -> Iterator[Fault]:
    """Find physical rules switched off, made soft or moved: nobody can break these."""
    for rule, own in _known(view):
        if rule.tier is not Tier.PHYSICAL:
            continue
        if not own.enabled:
            yield Fault("physical_rule", f"{_place(rule.id)}.enabled", "false", "true: the rule is physical")
        if own.hard is False:
            yield Fault("physical_rule", f"{_place(rule.id)}.hard", "false", "true: the rule is physical")
        if own.tier not in (None, Tier.PHYSICAL):
            yield Fault("physical_rule", f"{_place(rule.id)}.tier", str(own.tier), "physical, its only tier")


def parameters(view: View) -> Iterator[Fault]:
    """Find unknown parameters, and values of the wrong kind or size."""
    for rule, own in _known(view):
        known = {parameter.name: parameter for parameter in rule.parameters}
        for name, value in own.parameters.items():
            place = f"{_place(rule.id)}.parameters.{name if name.isprintable() else show(name)}"
            if name in dict(rule.retired):
                continue  # a warning tells what takes its place
            if name not in known:
                hint = did_you_mean(name, known) or f" ({', '.join(known) or 'this rule has none'})"
                yield Fault("unknown_parameter", place, show(name), f"a parameter of the rule{hint}")
            else:
                yield from _value_faults(place, known[name], value)


def _place(rule: str) -> str:
    return f"rulebook.rules.{rule if rule.isprintable() else show(rule)}"


def _known(view: View) -> Iterator[tuple[Rule, RuleSetting]]:
    known = view.problem.rulebook.known()
    for name, own in view.problem.rulebook.rules.items():
        if name in known:
            yield known[name], own


def _value_faults(place: str, parameter: Parameter, value: Any) -> Iterator[Fault]:
    """Judge a value by the kind of the parameter's default."""
    default = parameter.default
    judge: Callable[[str, Parameter, Any], Iterator[Fault]]
    if isinstance(default, bool):
        judge = _flag
    elif isinstance(default, int):
        judge = _whole
    elif isinstance(default, Mapping):
        judge = _table
    elif isinstance(default, tuple):
        judge = _names
    else:
        judge = _clock if parameter.unit == "clock" else _number
    yield from judge(place, parameter, value)


def _flag(place: str, _: Parameter, value: Any) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault("wrong_type", place, show(value), "true or false")


def _whole(place: str, parameter: Parameter, value: Any) -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Fault("wrong_type", place, show(value), f"a whole number ({parameter.unit})")
    else:
        yield from _bounds(place, parameter, value, Decimal(value))


def _number(place: str, parameter: Parameter, value: Any) -> Iterator[Fault]:
    exact = _decimal(value)
    if exact is None:
        yield Fault("wrong_type", place, show(value), f"a number ({parameter.unit})")
        return
    yield from _bounds(place, parameter, value, exact)
    if parameter.unit.startswith("points") and exact != exact.quantize(Decimal("0.01")):
        yield Fault("out_of_range", place, show(value), "at most 2 decimal places")


def _bounds(place: str, parameter: Parameter, value: Any, exact: Decimal) -> Iterator[Fault]:
    if not parameter.least <= exact <= parameter.largest:
        expected = f"{parameter.least} to {parameter.largest} ({parameter.unit})"
        yield Fault("out_of_range", place, show(value), expected)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() and abs(exact) < 10**12 else None


def _clock(place: str, _: Parameter, value: Any) -> Iterator[Fault]:
    try:
        parse_clock(str(value))
    except ValueError:
        yield Fault("bad_value", place, show(value), 'a clock time such as "09:30"')


def _names(place: str, parameter: Parameter, value: Any) -> Iterator[Fault]:
    flags = parameter.unit == "flags"
    known, code = (_FLAGS, "unknown_flag") if flags else (_KINDS, "unknown_kind")
    if not isinstance(value, tuple | list):
        expected = "a list of client flags" if flags else "a list of session kinds"
        yield Fault("wrong_type", place, show(value), expected)
        return
    for i, name in enumerate(value):
        if name not in known:
            expected = f"one of: {', '.join(known)}{did_you_mean(name, known)}"
            yield Fault(code, f"{place}[{i}]", show(name), expected)


def _table(place: str, parameter: Parameter, value: Any) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault("wrong_type", place, show(value), 'a table by role, with an entry "default"')
        return
    if "default" not in value:
        yield Fault(
            "missing_field", f"{place}.default", "", "an entry for all roles that the table does not name"
        )
    for role, entry in value.items():
        yield from _number(f"{place}.{role if role.isprintable() else show(role)}", parameter, entry)


def watched(view: View) -> Iterator[Fault]:
    """Find thresholds of early warnings that no measure has, that are on the wrong side, or said twice."""
    seen: set[str] = set()
    for number, own in enumerate(view.problem.rulebook.watched):
        place = f"rulebook.watched[{number}]"
        if own.indicator in seen:
            yield Fault("duplicate_id", f"{place}.indicator", show(own.indicator), "each measure once")
        seen.add(own.indicator)
        known = WATCHABLE.get(own.indicator)
        if known is None:
            expected = f"one of: {', '.join(WATCHABLE)}{did_you_mean(own.indicator, list(WATCHABLE))}"
            yield Fault("unknown_name", f"{place}.indicator", show(own.indicator), expected)
            continue
        wrong, right, worse = ("least", "most", "more") if known.rising else ("most", "least", "less")
        if getattr(own, wrong) is not None:
            expected = f"nothing: {worse} of it is worse, so that {right} is the threshold"
            yield Fault("bad_value", f"{place}.{wrong}", str(getattr(own, wrong)), expected)
        bound = getattr(own, right)
        if known.share and bound is not None and bound > 1:
            yield Fault("out_of_range", f"{place}.{right}", str(bound), "0 to 1: it is a share")


CHECKS = (unknown_rules, physical_rules, parameters, watched)
