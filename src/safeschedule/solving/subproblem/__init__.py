"""Fix and optimise: one engine that frees some placements of a schedule, keeps the rest, and solves.

The model of the whole week is encoded once, as one sparse system (`whole`). A neighbourhood is cut out of it
by arrays (`cutting`): what is kept is put into the constraints as numbers, and constraints that hold whatever
is free does are left out. Only what is left is handed to CP-SAT (`posting`, `fix_and_optimise`).
"""

from safeschedule.solving.subproblem.encoded import (
    PLAIN,
    PROVING,
    SMALL,
    Answer,
    Engine,
    Subproblem,
    value_of,
)
from safeschedule.solving.subproblem.fix_and_optimise import Repaired, complete, improve
from safeschedule.solving.subproblem.switches import Switched, settle
from safeschedule.solving.subproblem.whole import Assignment, Whole, whole_of

__all__ = [
    "PLAIN",
    "PROVING",
    "SMALL",
    "Answer",
    "Assignment",
    "Engine",
    "Repaired",
    "Subproblem",
    "Switched",
    "Whole",
    "complete",
    "improve",
    "settle",
    "value_of",
    "whole_of",
]
