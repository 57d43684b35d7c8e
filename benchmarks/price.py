"""What the stricter rules of the second edition cost: each is taken back alone, as far as a rulebook can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from benchmarks.instances import Instance
from benchmarks.solved import solved
from benchmarks.tables import spread

if TYPE_CHECKING:
    from safeschedule import Problem

Line = dict[str, Any]
Rules = Mapping[str, Mapping[str, Any]]

AS_IT_IS = "the second edition"

CHANGES: Mapping[str, Rules] = {
    AS_IT_IS: {},
    "no last notes after the last session, shorter ones count": {
        "documentation": {"parameters": {"closing": 0, "grace": 240, "shortest": 0}}
    },
    "no limit of work without a pause": {
        "breaks": {"parameters": {"work_stretch": 1440, "meal_stretch": 1440, "longest": 1440}}
    },
    "intensity is the type's alone": {"daily_intensity": {"parameters": {"flags": []}}},
    "only the number is limited after a leave, on one day": {
        "return_days": {"parameters": {"days": 1, "high": 288, "intakes": 288}}
    },
    "no rest between working days": {"rest": {"enabled": False}},
    "no urgent slots": {"urgent_slots": {"enabled": False}},
    "no tier of its own for what is urgent": {"urgent_access": {"enabled": False}},
    "days need not be even": {"even_days": {"enabled": False}, "late_intake": {"enabled": False}},
}
"""By name, what is said of rules instead."""


def changed(problem: Problem, rules: Rules) -> Problem:
    """Return the problem with other settings of rules, what else is said of them kept."""
    from safeschedule import RuleSetting

    def of(name: str, setting: Mapping[str, Any]) -> RuleSetting:
        own = problem.rulebook.rules.get(name, RuleSetting())
        parameters = {**own.parameters, **setting.get("parameters", {})}
        return own.model_copy(update={**setting, "parameters": parameters})

    return problem.with_settings({name: of(name, setting) for name, setting in rules.items()})


def run(instances: Iterable[Instance], limit: float | None, seed: int) -> Iterator[Line]:
    """Yield for each week and change how much of it is placed.

    Parameters
    ----------
    instances
        The weeks.
    limit
        Seconds for each solve; ``None``: its family's.
    seed
        Of the search.
    """
    for instance in instances:
        problem = instance.problem()
        for name, rules in CHANGES.items():
            line, _ = solved(instance, changed(problem, rules), limit, seed)
            yield {**line, "change": name}


def table(lines: Iterable[Line]) -> str:
    """Return as Markdown, by change, how many more sessions are placed without it, of a hundred asked for."""
    found = [line for line in lines if "placed" in line]
    base = {line["instance"]: line for line in found if line["change"] == AS_IT_IS}
    rows = ["| taken back | weeks | more placed, of 100 asked for |", "|---|---|---|"]
    for name in CHANGES:
        shares = [
            100 * (line["placed"] - base[line["instance"]]["placed"]) / line["asked"]
            for line in found
            if line["change"] == name and line["instance"] in base
        ]
        if name != AS_IT_IS and shares:
            rows.append(f"| {name} | {len(shares)} | {spread(shares, '+.1f')} |")
    return "\n".join(rows)
