"""Critical incidents; nobody can undo them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Incident, Problem
from safeschedule.verifier.wording import day_name


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each incident."""
    for incident in problem.incidents:
        what = f"The incident {incident.id} of {_when(incident)} affected "
        yield Condition(
            "incident", (incident.id,), incident.clinicians, f"{what}{words.listing(incident.clinicians)}."
        )


def _when(incident: Incident) -> str:
    return f"{day_name(incident.happened.date())}, {incident.happened:%H:%M},"


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem without some incidents."""
    kept = tuple(incident for incident in problem.incidents if (incident.id,) not in keys)
    return problem.model_copy(update={"incidents": kept})
