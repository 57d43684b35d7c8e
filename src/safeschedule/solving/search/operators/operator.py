"""What a destroy operator is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from safeschedule.solving.relaxation.linear_program import Floats


@dataclass(frozen=True)
class Freed:
    """A neighbourhood: the placements of some clinicians on some dates.

    Parameters
    ----------
    people, dates
        Numbers of clinicians and of working days, in order.
    joint
        Whether the team's blocks on these dates are free as well.
    """

    people: tuple[int, ...]
    dates: tuple[int, ...]
    joint: bool = False

    @property
    def size(self) -> int:
        """How many clinicians' dates are free."""
        return len(self.people) * len(self.dates)


class Destroy(Protocol):
    """Draws neighbourhoods of one shape."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def draw(self, random: np.random.Generator, lacking: Floats, busy: Collection[int]) -> Freed | None:
        """Return a neighbourhood without busy clinicians; ``None`` when there is none of this shape.

        Parameters
        ----------
        lacking
            By clinician how much of what was planned the schedule lacks (negative: it has more).
        """
        ...
