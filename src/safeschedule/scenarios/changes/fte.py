"""Other full-time equivalents."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from safeschedule.problem.entity import SHORT, Code, FteValue
from safeschedule.problem.taking import Many, usual
from safeschedule.scenarios.change import Scale, ScenarioChange, exactly
from safeschedule.scenarios.hours import Shape, at_other_fte
from safeschedule.scenarios.making import Making

_LEAST, _MOST = Decimal("0.05"), Decimal(1)


class OtherFte(ScenarioChange):
    """Clinicians work more or less: FTE, hours, contract and own limits in proportion.

    Parameters
    ----------
    clinicians
        Who; empty: everybody.
    fte
        The new FTE.
    scale
        Or a factor of the present one; it is never more than 1.
    shape
        ``fewer_days``: the last days of the week go first, and days without hours are added first.
        ``shorter_days``: each day ends earlier or later.
    """

    name: ClassVar[str] = "fte"
    example: ClassVar[str] = 'fte = {clinicians = ["C03"], fte = 0.6}'

    clinicians: Many[Code] = Field(default=usual(()), max_length=SHORT)
    fte: FteValue | None = None
    scale: Scale | None = None
    shape: Shape = "fewer_days"

    def apply(self, making: Making) -> None:
        """Change the hours of each."""
        sound = making.knows("clinicians", self.clinicians, making.codes, "id of a clinician")
        if (self.fte is None) == (self.scale is None):
            making.fault("contradiction", "fte", self.fte, "either fte or scale")
            sound = False
        if not sound:
            return
        whom = set(self.clinicians or making.codes)
        grid = making.problem.grid
        making.update(
            clinicians=tuple(
                at_other_fte(person, self._of(person.fte), grid, self.shape) if person.id in whom else person
                for person in making.problem.clinicians
            )
        )

    def _of(self, fte: Decimal) -> Decimal:
        if self.fte is not None:
            return self.fte
        scaled = (fte * exactly(self.scale or 1)).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
        return min(_MOST, max(_LEAST, scaled))


CHANGE = OtherFte
