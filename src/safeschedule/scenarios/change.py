"""What all changes of a scenario have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from safeschedule.problem.entity import Entity
from safeschedule.scenarios.making import Making

Scale = Annotated[float, Field(gt=0, le=10)]
"""A factor: 1 leaves as it is."""

Part = Annotated[float, Field(ge=0, le=1)]
"""A share, 0 to 1."""


class ScenarioChange(Entity):
    """One sound change of a problem, and what a study's file says of it.

    A change is one small module in `safeschedule.scenarios.changes` and one line in the registry there. It
    says whether its names are known, and makes the change; what no longer fits afterwards (a pin outside the
    new hours, say) is settled for all changes alike (`safeschedule.scenarios.settling`).
    """

    name: ClassVar[str]
    """The word for it in Python and in files."""

    main: ClassVar[str] = ""
    """The field that is meant where something else than a table is given; empty: there is none."""

    whole: ClassVar[bool] = False
    """Whether a table stands for the main field itself."""

    example: ClassVar[str]
    """A line of TOML for the reference."""

    def apply(self, making: Making) -> None:
        """Make the change, or note every fault of it."""
        raise NotImplementedError


def rounded(value: Decimal, most: Decimal | int) -> Decimal:
    """Return a scaled figure with two decimal places, rounded down, and not more than there may be."""
    return min(value, Decimal(most)).quantize(Decimal("0.01"), rounding="ROUND_DOWN")


def exactly(scale: float) -> Decimal:
    """Return a factor as it is written."""
    return Decimal(str(scale))


def written(value: Decimal) -> str:
    """Return a figure as a rulebook has decimals: as text, the same for 40 and 40.0."""
    return f"{value.normalize():f}"
