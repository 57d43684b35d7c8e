"""Prices of rules as tables of Markdown, for documents and terminals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeschedule.study.prices import RulePrice, RulePrices

HEADS = (
    "rule",
    "sessions without it",
    "price, proven",
    "minutes",
    "access value",
    "exposure, minutes",
    "busiest clinician, minutes",
    "breaks of the base's rules",
)


def tables_of(prices: RulePrices) -> str:
    """Return a table for each problem, each with a line about the base."""
    parts: list[str] = []
    for problem in dict.fromkeys(row.problem for row in prices.rows):
        by_rule: dict[str, dict[str, RulePrice]] = {}
        for row in prices.rows:
            if row.problem == problem:
                by_rule.setdefault(row.rule, {})[row.figure] = row
        parts += [f"### {_plain(problem)}", _base(by_rule), "\n".join(_table(by_rule))]
    return "\n\n".join(parts) + "\n"


def _base(by_rule: Mapping[str, Mapping[str, RulePrice]]) -> str:
    rows = next(iter(by_rule.values()))
    told = [f"{_with(row)} {_WORDS[row.figure]}" for row in rows.values()]
    return f"With all rules: {', '.join(told)}."


_WORDS = {
    "sessions": "sessions",
    "minutes": "minutes",
    "access_value": "access value",
    "high_minutes": "minutes of high intensity",
    "peak_minutes": "of them the busiest clinician's",
    "broken": "breaks",
}

_CHANGES = ("minutes", "access_value", "high_minutes", "peak_minutes", "broken")


def _with(row: RulePrice) -> str:
    return _bounded(row.with_rule, row.with_most)


def _table(by_rule: Mapping[str, Mapping[str, RulePrice]]) -> Iterator[str]:
    yield f"| {' | '.join(HEADS)} |"
    yield f"|{'---|' * len(HEADS)}"
    for rule, rows in by_rule.items():
        sessions = rows.get("sessions")
        cells = [
            f"`{_plain(rule)}`" if " " not in rule else f"**{_plain(rule)}**",
            "" if sessions is None else _bounded(sessions.without_rule, sessions.without_most),
            "" if sessions is None else sessions.proven,
            *(_change(rows.get(name)) for name in _CHANGES),
        ]
        yield f"| {' | '.join(cells)} |"


def _bounded(value: float | None, most: float | None) -> str:
    if value is None:
        return "not known"
    return f"{value:,.0f}" if most is None else f"{value:,.0f} (at most {most:,.0f})"


def _change(row: RulePrice | None) -> str:
    """Return a change with what the figure cannot exceed without the rule."""
    if row is None or row.price is None:
        return ""
    most = "" if row.without_most is None else f" (at most {row.without_most:,.0f})"
    return f"{row.price:+,.0f}{most}"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
