"""Where a week comes from, in lines for the foot of a page and for paper."""

from __future__ import annotations

from safeschedule.problem import Problem
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.result import Result

_SHORT = 12
"""Characters of a hash on paper: enough to tell two files apart, few enough to compare by eye."""


def stamp(problem: Problem) -> str:
    """Return what every printed page carries, so that pages of two versions of a week are not mixed up."""
    return f"problem {problem_hash(problem)[:_SHORT]}"


def provenance_lines(problem: Problem, result: Result | None) -> tuple[str, ...]:
    """Return what is needed to tell which problem, rules and program made this week."""
    book = problem.rulebook
    lines = [
        f"Problem {problem_hash(problem)[:_SHORT]}, rulebook {book.name} {book.version} "
        f"{rulebook_hash(book)[:_SHORT]}. Verified when this page was made."
    ]
    if result is not None:
        made = result.provenance
        limit = (
            f"deterministic limit {made.deterministic_limit:g}"
            if made.deterministic_limit is not None
            else "no time limit"
            if made.time_limit is None
            else f"time limit {made.time_limit:g} s"
        )
        gap = "" if result.gap is None else f", gap {100 * result.gap:.2g} %"
        lines.append(
            f"Made by SafeSchedule {made.safeschedule}, solver {made.solver}, seed {made.seed}, {limit}{gap}."
        )
    return tuple(lines)
