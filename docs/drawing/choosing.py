"""Which weeks of a rule's case file its page draws."""

from __future__ import annotations

from collections.abc import Iterable

from safeschedule.verifier import examine
from tests.support.cases import FOLDER, Case, cases_of


def weeks_of(rule: str) -> dict[str, Case]:
    """Return the good and the bad week of a rule; whichever its case file has, none without a file."""
    if not (FOLDER / f"{rule}.yaml").exists():
        return {}
    cases = cases_of(rule)
    found = {
        "good": _first(case for case in cases if not case.amount),
        "bad": _first(case for case in cases if case.amount),
    }
    return {sort: case for sort, case in found.items() if case is not None}


def _first(cases: Iterable[Case]) -> Case | None:
    """Return the first case with something to draw, or else the first."""
    listed = list(cases)
    return next((case for case in listed if _drawable(case)), next(iter(listed), None))


def _drawable(case: Case) -> bool:
    if case.schedule.appointments or case.schedule.blocks:
        return True
    return any(finding.when is not None for finding in examine(case.problem, case.schedule).findings)
