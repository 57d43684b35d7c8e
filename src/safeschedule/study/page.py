"""The results of a study as one self-contained page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeschedule.reports.html import asset, environment
from safeschedule.study.figures import FIGURES
from safeschedule.study.prices import PRICED, RulePrice, RulePrices

if TYPE_CHECKING:
    from safeschedule.study.results import StudyResults

COMPARED = ("sessions", "minutes", "access_value", "high_minutes", "peak_minutes", "wait_weeks", "broken")
"""The figures that the page compares."""


@dataclass(frozen=True)
class PriceLine:
    """The row of a rule on the page: its prices by figure."""

    rule: str
    rows: dict[str, RulePrice]


def study_page(results: StudyResults) -> str:
    """Return the page."""
    compared = [found for name in COMPARED if (found := results.compare(name)).rows]
    prices = results.prices()
    return (
        environment()
        .get_template("study.html.j2")
        .render(
            results=results,
            comparisons=compared,
            figures=FIGURES,
            prices=_by_problem(prices),
            priced=PRICED,
            front=results.front(),
            curve=results.curve(),
            told=number_told,
            style=asset("measures.css"),
        )
    )


def _by_problem(prices: RulePrices) -> dict[str, list[PriceLine]]:
    found: dict[str, dict[str, PriceLine]] = {}
    for row in prices.rows:
        lines = found.setdefault(row.problem, {})
        lines.setdefault(row.rule, PriceLine(row.rule, {})).rows[row.figure] = row
    return {problem: list(lines.values()) for problem, lines in found.items()}


def number_told(value: float | None, *, signed: bool = False) -> str:
    """Return a figure for people; nothing where it is not known."""
    if value is None:
        return ""
    digits = 0 if float(value).is_integer() else 1
    return f"{value:{'+' if signed else ''},.{digits}f}"
