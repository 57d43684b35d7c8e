"""Where a week comes from, in lines for the foot of a page and for paper."""

from __future__ import annotations

from safeschedule.problem import Problem
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.schedule import Schedule, told
from safeschedule.schedule.hashing import schedule_hash

_SHORT = 12
"""Characters of a hash on paper: enough to tell two files apart, few enough to compare by eye."""


def stamp(problem: Problem, schedule: Schedule) -> str:
    """Return what every printed page carries, so that pages of two versions of a week are not mixed up."""
    return f"week {schedule_hash(schedule)[:_SHORT]} of problem {problem_hash(problem)[:_SHORT]}"


def provenance_lines(problem: Problem, schedule: Schedule) -> tuple[str, ...]:
    """Return what is needed to tell which problem, rules and program made this week."""
    book = problem.rulebook
    return (
        f"This is {stamp(problem, schedule)}, rulebook {book.name} {book.version} "
        f"{rulebook_hash(book)[:_SHORT]}. Verified when this page was made.",
        *told(problem, schedule),
    )
