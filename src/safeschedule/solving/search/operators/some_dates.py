"""Frees some dates of a few clinicians who could take sessions of each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.operators.operator import Freed
from safeschedule.solving.search.operators.placements import Placements


@dataclass(frozen=True)
class SomeDates:
    """Draws clinicians who are related by requests that both could take, and dates of theirs.

    Parameters
    ----------
    placements
        Of the week.
    clinicians, dates
        How many of each.
    joint
        Whether the team's blocks on the dates are freed as well.
    lacking, supervisor
        How often the first clinician is one who lacks what was planned, and how often a mate is the
        supervisor.
    """

    placements: Placements
    clinicians: int
    dates: int
    joint: bool = False
    lacking: float = 0.5
    supervisor: float = 0.15

    @property
    def name(self) -> str:
        """The shape, such as ``2 x 1``."""
        return f"{self.clinicians} x {self.dates}{' joint' if self.joint else ''}"

    def draw(self, random: np.random.Generator, lacking: Floats, busy: Collection[int]) -> Freed | None:
        """Return a neighbourhood; see `Destroy.draw`."""
        all_dates = self.placements.dates
        able = [c for c in range(self.placements.clinicians) if c not in busy and all_dates[c]]
        if len(able) < self.clinicians:
            return None
        people = [_first(random, lacking, able, self.lacking)]
        while len(people) < self.clinicians:
            people.append(self._mate(random, people, [c for c in able if c not in people]))
        days = sorted({day for person in people for day in all_dates[person]})
        if len(days) < self.dates:
            return None
        chosen = random.choice(days, self.dates, replace=False)
        return Freed(tuple(sorted(people)), tuple(sorted(chosen.tolist())), self.joint)

    def _mate(self, random: np.random.Generator, people: list[int], able: list[int]) -> int:
        leads = {int(self.placements.supervisor[c]) for c in people}
        above = [c for c in able if c in leads]
        if above and random.random() < self.supervisor:
            return int(random.choice(above))
        # Weeks exchange sessions only through requests that both could take.
        near = self.placements.shared[people][:, able].sum(axis=0) + 0.1
        return int(random.choice(able, p=near / near.sum()))


def _first(random: np.random.Generator, lacking: Floats, able: list[int], often: float) -> int:
    lack = np.maximum(lacking[able], 0.0)
    if lack.sum() > 0 and random.random() < often:
        return int(random.choice(able, p=lack / lack.sum()))
    return int(random.choice(able))
