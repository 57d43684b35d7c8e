"""A schedule in a few plain lines, for logs and terminals."""

from __future__ import annotations

from safeschedule.problem import Problem
from safeschedule.reports.load import load
from safeschedule.reports.words import count, hours
from safeschedule.result import Result
from safeschedule.schedule import Schedule
from safeschedule.verifier.finding import Verification


def summary_lines(
    problem: Problem,
    schedule: Schedule,
    verification: Verification,
    result: Result | None = None,
    *,
    most: int = 20,
) -> list[str]:
    """Return the week in short: what is in it, what is left out, which rules are broken, and the notices.

    Parameters
    ----------
    problem, schedule, verification
        The week, its schedule, and the verifier's account of it.
    result
        For the proven bound, where the schedule comes from the optimiser.
    most
        How many findings and left-out requests are told one by one.
    """
    protected = sum(row.protected_minutes for row in load(problem, schedule))
    lines = [
        f"{problem.name}, week of {schedule.week_start} ({schedule.time_zone})",
        f"{count(len(schedule.appointments), 'session')} with {count(len(problem.clinicians), 'clinician')}, "
        f"{hours(protected)} of protected time",
    ]
    if result is not None and result.gap is not None:
        lines.append(f"{result.status}: within {100 * result.gap:.2g} % of the best possible")
    left = sum(entry.sessions for entry in schedule.left_out)
    if left:
        lines.append(f"{count(left, 'session')} left out:")
        lines += _some([f"  {e.request}: {e.reason or ', '.join(e.rules)}" for e in schedule.left_out], most)
    hard = [finding for finding in verification.findings if finding.hard]
    if verification.compliant:
        but = " or excused" if verification.excused else ""
        lines.append(f"Every hard rule is kept{but}.")
        lines += [verification.qualification] if verification.qualified else []
    else:
        rules = len({finding.rule for finding in hard})
        lines.append(f"Not compliant: {count(len(hard), 'finding')} against {count(rules, 'hard rule')}:")
        lines += _some([f"  [{finding.rule}] {finding.sentence}" for finding in hard], most)
    lines += verification.exceptions
    if verification.notices:
        lines.append(f"{count(len(verification.notices), 'notice')}:")
        lines += _some([f"  {notice.text}" for notice in verification.notices], most)
    return lines


def _some(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"  ... and {len(lines) - most} more"]
