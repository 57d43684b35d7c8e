"""Made-up teams: a generator of weeks, and one bundled week to try things on."""

from __future__ import annotations

from importlib.resources import files

from safeschedule.problem import Problem
from safeschedule.samples.assumptions import PROFILES, Assumptions
from safeschedule.samples.features import FEATURES
from safeschedule.samples.generator import generate
from safeschedule.samples.interpreters import with_interpreters
from safeschedule.samples.messages import with_tasks
from safeschedule.samples.past_weeks import generate_actuals

__all__ = [
    "FEATURES",
    "PROFILES",
    "Assumptions",
    "generate",
    "generate_actuals",
    "sample",
    "with_interpreters",
    "with_tasks",
]


def sample() -> Problem:
    """Return the bundled week: Riverside, a made-up community team of eight.

    It was made by the generator with a fixed seed, then given its own site and room codes
    (``safeschedule.samples.riverside``). Half of the team works part-time, one clinician is new in post, one
    has a day of leave, and a little more is asked for than fits. No person stands behind any code.
    """
    return Problem.model_validate_json(files(__name__).joinpath("riverside.json").read_bytes())
