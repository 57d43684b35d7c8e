"""Schedules of a search, parts of them that are to be solved, and what solving one would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeschedule.model.index import Bools, Ints
from safeschedule.solving.subproblem import PROVING, Assignment, Engine


@dataclass(frozen=True)
class State:
    """A schedule in the search.

    Parameters
    ----------
    chosen
        By row.
    values
        Of the tiers, strongest first.
    assignment
        Of the whole model's variables, where there is one (see `Solver.whole`).
    """

    chosen: Bools
    values: tuple[int, ...]
    assignment: Assignment | None = None


@dataclass(frozen=True)
class Improvement:
    """What solving a part would change.

    Parameters
    ----------
    out, into
        Row numbers that leave and enter the schedule.
    gain
        By tier, strongest first.
    optimal
        Whether no other choice of the free rows is better.
    variables, assigned
        Variables of the whole model and their values afterwards, where it was found in that.
    """

    out: Ints
    into: Ints
    gain: tuple[int, ...]
    optimal: bool
    variables: Ints | None = None
    assigned: Ints | None = None


@dataclass(frozen=True)
class Task:
    """A part to be solved.

    Parameters
    ----------
    people
        Clinicians.
    free
        Rows of theirs that may change.
    room
        How much more than now is looked for in each level of the plan (see `levels_of`), strongest first,
        as far as it is known: what cannot be exceeded, or what is good enough.
    limit
        In the budget's unit.
    engine
        How CP-SAT is set: by itself to prove what it finds; in a limit of seconds `PLAIN` has something good
        sooner. With a deterministic limit all is proven.
    """

    people: Sequence[int]
    free: Bools
    room: Sequence[float] = ()
    limit: float = float("inf")
    engine: Engine = PROVING
