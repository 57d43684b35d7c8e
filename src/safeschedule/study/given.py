"""What a study is given: problems, lists and parts, looked at with every fault told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from safeschedule.arguments import Arguments
from safeschedule.problem import Problem
from safeschedule.problem.showing import show


def by_name(problems: Any, looked: Arguments) -> dict[str, Problem]:
    """Return problems by name: one, several, or a mapping."""
    if isinstance(problems, Problem):
        problems = [problems]
    if isinstance(problems, Mapping):
        found = {str(name): problem for name, problem in problems.items()}
    elif isinstance(problems, Iterable) and not isinstance(problems, str | bytes):
        several = list(problems)
        require_once(
            "problems", [problem.name for problem in several if isinstance(problem, Problem)], looked
        )
        found = {getattr(each, "name", str(number)): each for number, each in enumerate(several)}
    else:
        looked.fault("wrong_type", "problems", problems, "a Problem, several, or several by name")
        return {}
    for name, problem in found.items():
        looked.problem(problem, f"problems[{show(name)}]")
    if not found:
        looked.fault("too_short", "problems", "none", "at least one problem")
    return found


def listed(name: str, values: Any, kind: type, looked: Arguments) -> list[Any]:
    """Return values as a list, each of them of a kind."""
    if isinstance(values, Mapping | str | bytes) or not isinstance(values, Iterable):
        looked.fault("wrong_type", name, values, f"a list of {kind.__name__}")
        return []
    found = list(values)
    looked.sequence(name, found, kind, f"a {kind.__name__}")
    return found


def require_once(name: str, values: Sequence[str], looked: Arguments) -> None:
    """Look whether a value comes twice."""
    for number, value in enumerate(values):
        if value in values[:number]:
            looked.fault("duplicate_id", f"{name}[{number}]", value, "each once")


def look_at_part(part: Any, looked: Arguments) -> None:
    """Look whether a part is one of so many, such as ``(3, 20)``."""
    if part is None:
        return
    whole = isinstance(part, tuple) and len(part) == 2 and all(type(n) is int for n in part)
    if not whole or not 1 <= part[0] <= part[1]:
        looked.fault("out_of_range", "part", str(part), "a part and how many there are, such as (3, 20)")
