"""The strip of truth above a week: what is placed and what is broken; green only when all is well."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule import Problem, Schedule, Verification
from safeschedule.reports.unplaced import Unplaced, unplaced
from safeschedule.reports.verdict import Headline, verdict
from safeschedule.web.live.desks import SharedDesk


@dataclass(frozen=True)
class Strip:
    """What is true of a week.

    Parameters
    ----------
    headline
        The verdict, with its sentences.
    placed, asked
        Sessions that are placed, and all that were asked for.
    broken
        Each broken hard rule in a sentence.
    left_out
        What is not placed, the most harmful first.
    """

    headline: Headline
    placed: int
    asked: int
    broken: tuple[str, ...]
    left_out: tuple[Unplaced, ...]


def strip_of(problem: Problem, schedule: Schedule, account: Verification) -> Strip:
    """Return what is true of a week."""
    lines = unplaced(problem, schedule)
    asked = sum(request.count for request in problem.requests)
    missing = sum(entry.sessions for entry in schedule.left_out)
    broken = tuple(finding.sentence for finding in account.findings if finding.hard)
    return Strip(verdict(account, lines), asked - missing, asked, broken, lines)


def strip_at(desk: SharedDesk) -> Strip:
    """Return what is true of the week of a desk, worked out once."""
    return desk.once("strip", lambda: strip_of(desk.problem, desk.schedule, desk.verification))
