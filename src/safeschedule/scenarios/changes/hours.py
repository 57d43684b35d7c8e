"""Other working hours."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from safeschedule.problem import WorkingPeriod
from safeschedule.problem.clock import OverMidnight
from safeschedule.problem.entity import LONG, SHORT, Code
from safeschedule.problem.taking import Entries, Many
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making


class OtherHours(ScenarioChange):
    """Clinicians work at other times. FTE and limits stay as they are.

    Parameters
    ----------
    clinicians
        Who.
    working
        The new working periods, instead of all that were there.
    """

    name: ClassVar[str] = "hours"
    example: ClassVar[str] = (
        'hours = {clinicians = ["C03"], working = [{day = "mon", start = "12:00", end = "20:00"}]}'
    )

    clinicians: Many[Code] = Field(min_length=1, max_length=SHORT)
    working: Annotated[Entries[WorkingPeriod], OverMidnight] = Field(max_length=LONG)

    def apply(self, making: Making) -> None:
        """Put the periods in place."""
        sound = making.knows("clinicians", self.clinicians, making.codes, "id of a clinician")
        sites = [site.id for site in making.problem.sites]
        for number, period in enumerate(self.working):
            sound &= making.knows_one(f"working[{number}].site", period.site, sites, "id of a site")
        if not sound:
            return
        making.update(
            clinicians=tuple(
                person.model_copy(update={"working": self.working})
                if person.id in self.clinicians
                else person
                for person in making.problem.clinicians
            )
        )


CHANGE = OtherHours
