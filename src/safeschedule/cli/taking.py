"""Writing a schedule that somebody took, after all of it was verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeschedule.cli.outputs import write_entity

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


def write_taken(name: str, problem: Problem, before: Schedule, after: Schedule) -> None:
    """Write a schedule in which a little is otherwise than before.

    Raises
    ------
    DisagreementError
        All of it verified, it breaks something that was kept.
    """
    from collections import Counter

    from safeschedule.errors import DisagreementError
    from safeschedule.verifier import examine

    was, now = (Counter(f for f in examine(problem, week).findings if f.hard) for week in (before, after))
    if now - was:
        raise DisagreementError([f"verifier: [{f.rule}] {f.sentence}" for f in now - was])
    write_entity(name, after)
