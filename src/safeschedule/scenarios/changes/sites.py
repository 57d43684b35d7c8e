"""A site closes."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import StrictBool

from safeschedule.problem import Problem
from safeschedule.problem.entity import Code
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.changes.rooms import without_rooms
from safeschedule.scenarios.making import Making


class ClosedSite(ScenarioChange):
    """A site closes, and everything that was there is at another one.

    Parameters
    ----------
    close
        The site.
    to
        Where everybody works instead.
    rooms
        Whether its rooms and equipment go along; otherwise they are gone.
    """

    name: ClassVar[str] = "site"
    example: ClassVar[str] = 'site = {close = "north", to = "south"}'

    close: Code
    to: Code
    rooms: StrictBool = False

    def apply(self, making: Making) -> None:
        """Write the other site wherever the closed one stands."""
        sites = [site.id for site in making.problem.sites]
        sound = making.knows_one("close", self.close, sites, "id of a site")
        sound &= making.knows_one("to", self.to, sites, "id of a site")
        if self.close == self.to:
            making.fault("out_of_range", "to", self.to, "another site")
            sound = False
        if not sound:
            return
        if not self.rooms:
            without_rooms(making, {r.id for r in making.problem.rooms if r.site == self.close})
        making.update(**_elsewhere(making.problem, self.close, self.to, keep=self.rooms))


def _elsewhere(problem: Problem, close: str, to: str, *, keep: bool) -> dict[str, Any]:
    def named(entry: Any, field: str = "site") -> Any:
        return entry.model_copy(update={field: to}) if getattr(entry, field) == close else entry

    def at(person: Any) -> Any:
        sites = tuple(dict.fromkeys(to if site == close else site for site in person.sites))
        return person.model_copy(
            update={"sites": sites, "working": tuple(named(period) for period in person.working)}
        )

    equipment = problem.equipment if keep else tuple(e for e in problem.equipment if e.site != close)
    return {
        "sites": tuple(site for site in problem.sites if site.id != close),
        "travel": tuple(w for w in problem.travel if close not in (w.origin, w.destination)),
        "clinicians": tuple(map(at, problem.clinicians)),
        "attendants": tuple(map(at, problem.attendants)),
        "equipment": tuple(map(named, equipment)),
        **{
            name: tuple(map(named, getattr(problem, name)))
            for name in ("rooms", "requests", "upcoming", "groups", "pinned_blocks")
        },
    }


CHANGE = ClosedSite
