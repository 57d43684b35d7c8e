"""The price of each rule: what the best week has with it and without it, and what is proven of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeschedule.catalogue import Tier
from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.scenarios import Scenario
from safeschedule.study.comparing import paired
from safeschedule.study.declared import PRICES
from safeschedule.study.figures import FIGURES
from safeschedule.study.frames import frame_of
from safeschedule.study.proving import ProvenReach, difference, reach, told
from safeschedule.study.runs import StudyRun

PRICED = ("sessions", "minutes", "access_value", "high_minutes", "peak_minutes", "broken")
"""The figures of a price: what the rule costs in access, and what it holds off."""

EVERY_RULE, SUM = "all of them", "sum of single prices"

_TIERS = (Tier.SAFETY, Tier.SERVICE)


def without(rules: Sequence[str], name: str | None = None) -> Scenario:
    """Return the scenario without some rules."""
    called = f"without {rules[0]}" if name is None else name
    return Scenario(called, rules_off=list(rules))


def priced_rules(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the rules that protect somebody: hard ones of the tiers safety and service."""
    found: dict[str, None] = {}
    for problem in problems:
        for name, setting in problem.rulebook.settings().items():
            if setting.hard and setting.tier in _TIERS:
                found[name] = None
    return tuple(sorted(found))


def price_scenarios(rules: Sequence[str]) -> tuple[Scenario, ...]:
    """Return a scenario without each rule, and one without any of them."""
    single = [without([rule]) for rule in rules]
    whole = [without(rules, f"without {EVERY_RULE}")] if len(rules) > 1 else []
    return (*single, *whole)


@dataclass(frozen=True)
class RulePrice(Returned):
    """What a rule costs in one figure, and what it holds off.

    Parameters
    ----------
    problem
        The problem.
    rule
        The rule; ``all of them``: none of the rules that are priced, and ``sum of single prices``.
    figure, unit
        What is counted; all figures are judged by the base's rules.
    with_rule, with_most
        What the base has, and cannot exceed; ``None``: no bound is known.
    without_rule, without_most
        The same without the rule.
    least, most
        Between what the price lies, proven: the best without the rule less the best with it.
    """

    problem: str
    rule: str
    figure: str
    unit: str
    with_rule: float | None
    without_rule: float | None
    with_most: float | None = None
    without_most: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def price(self) -> float | None:
        """What the schedules that were found differ by."""
        if self.with_rule is None or self.without_rule is None:
            return None
        return self.without_rule - self.with_rule

    @property
    def proven(self) -> str:
        """What the bounds prove of the price, in words."""
        return told(ProvenReach(self.least, self.most), self.unit)

    def __str__(self) -> str:
        price = "not known" if self.price is None else f"{self.price:+,.0f} {self.unit}"
        return f"{self.problem}, {self.rule}, {self.figure}: {price}; proven: {self.proven}"


@dataclass(frozen=True)
class RulePrices(Returned):
    """The prices of rules.

    Parameters
    ----------
    base
        The scenario with all rules.
    rows
        By problem, rule and figure.
    """

    base: str
    rows: tuple[RulePrice, ...] = ()

    def of(self, figure: str) -> tuple[RulePrice, ...]:
        """Return the rows of one figure."""
        return tuple(row for row in self.rows if row.figure == figure)

    def frame(self, backend: str = "pandas") -> Any:
        """Return the rows as a data frame of pandas, polars or Arrow."""
        rows = [row.to_dict() for row in self.rows]
        return frame_of(PRICES, rows, backend, "RulePrices.frame")

    def markdown(self) -> str:
        """Return a table for each problem: a row a rule, with what is proven, and the other figures."""
        from safeschedule.study.pricing import tables_of

        return tables_of(self)

    def __str__(self) -> str:
        return "\n".join(["The price of each rule", *(f"  {row}" for row in self.of("sessions"))])


def prices_of(runs: Sequence[StudyRun], base: str, scenarios: Iterable[Mapping[str, Any]]) -> RulePrices:
    """Return the prices of all rules that some scenario switches off, alone or together."""
    off = {str(scenario["name"]): rules for scenario in scenarios if (rules := _switched_off(scenario))}
    rows: list[RulePrice] = []
    for problem in dict.fromkeys(run.problem for run in runs):
        for figure in PRICED:
            rows += _of_problem(runs, problem, base, off, figure)
    return RulePrices(base, tuple(rows))


def _switched_off(scenario: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the rules that a scenario, as plain data, switches off, if it does nothing else."""
    changes = scenario.get("changes", ())
    if not changes or any(list(change) != ["rules_off"] for change in changes):
        return ()
    return tuple(str(rule) for change in changes for rule in change["rules_off"]["rules"])


def _of_problem(
    runs: Sequence[StudyRun], problem: str, base: str, off: Mapping[str, tuple[str, ...]], figure: str
) -> Iterator[RulePrice]:
    single: list[RulePrice] = []
    whole: list[RulePrice] = []
    for scenario, rules in off.items():
        row = _price(runs, problem, base, scenario, rules[0] if len(rules) == 1 else EVERY_RULE, figure)
        if row is not None:
            (single if len(rules) == 1 else whole).append(row)
    yield from single
    if len(single) > 1:
        yield _sum(single)
    yield from whole


def _price(
    runs: Sequence[StudyRun], problem: str, base: str, scenario: str, rule: str, figure: str
) -> RulePrice | None:
    pairs = list(paired(runs, problem, scenario, base, figure))
    if not pairs:
        return None
    firsts, others = [first for first, _ in pairs], [other for _, other in pairs]
    own, whole = reach(others, figure), reach(firsts, figure)
    proven = difference(others, firsts, figure)
    return RulePrice(
        problem=problem,
        rule=rule,
        figure=figure,
        unit=FIGURES[figure].unit,
        with_rule=_best(firsts, figure),
        without_rule=_best(others, figure),
        with_most=_most(firsts, figure, whole),
        without_most=_most(others, figure, own),
        least=proven.least,
        most=proven.most,
    )


def _best(runs: Sequence[StudyRun], figure: str) -> float | None:
    """Return a figure of the best schedule of several searches: the one with the most sessions."""
    found = max(runs, key=lambda run: (run.figure("sessions") or 0, run.figure("access_value") or 0))
    return found.figure(figure)


def _most(runs: Sequence[StudyRun], figure: str, found: ProvenReach) -> float | None:
    if found.most is not None or f"{figure}_most" not in FIGURES:
        return found.most
    known = [value for run in runs if (value := run.figure(f"{figure}_most")) is not None]
    return min(known, default=None)


def _sum(single: Sequence[RulePrice]) -> RulePrice:
    first = single[0]
    prices = [row.price for row in single if row.price is not None]
    known = [row for row in single if row.least is not None and row.most is not None]
    every = len(known) == len(single)
    return RulePrice(
        problem=first.problem,
        rule=SUM,
        figure=first.figure,
        unit=first.unit,
        with_rule=first.with_rule,
        without_rule=None if first.with_rule is None else first.with_rule + sum(prices),
        with_most=first.with_most,
        least=sum(row.least or 0 for row in known) if every else None,
        most=sum(row.most or 0 for row in known) if every else None,
    )
