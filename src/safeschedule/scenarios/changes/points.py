"""Other caseload points."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from safeschedule.frozen import FrozenDict, frozen
from safeschedule.problem.entity import Code, PointsValue
from safeschedule.scenarios.change import Scale, ScenarioChange, exactly, rounded, written
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.rulebooks import with_parameters

_MOST = 1_000


class OtherPoints(ScenarioChange):
    """Clients weigh otherwise: points by band, of flags, or all of them by a factor.

    Parameters
    ----------
    scale
        A factor of all points: of bands, of flags, and of clients who have their own.
    bands
        Points by band; of bands that are not named they stay.
    coordination, safety_planning
        Points that these flags add.
    """

    name: ClassVar[str] = "points"
    main: ClassVar[str] = "scale"
    example: ClassVar[str] = "points = {bands = {low = 1, moderate = 1.5, high = 2}}"

    scale: Scale = 1.0
    bands: Annotated[dict[Code, PointsValue], Field(max_length=100), AfterValidator(frozen)] = FrozenDict()
    coordination: PointsValue | None = None
    safety_planning: PointsValue | None = None

    def apply(self, making: Making) -> None:
        """Set what is named, then scale all."""
        problem = making.problem
        known = {band.id for band in problem.bands}
        unknown = [code for code in self.bands if code not in known]
        for code in unknown:
            expected = f"an acuity band: {', '.join(band.id for band in problem.bands)}"
            making.fault("unknown_reference", f"bands.{code}", code, expected)
        if unknown:
            return
        factor = exactly(self.scale)
        setting = problem.rulebook.setting("caseload_cap")
        flags = {
            name: setting.exact(name) if own is None else own
            for name, own in (("coordination", self.coordination), ("safety_planning", self.safety_planning))
        }
        of_flags = {name: written(_times(points, factor)) for name, points in flags.items()}
        making.update(
            bands=tuple(
                band.model_copy(update={"points": _times(self.bands.get(band.id, band.points), factor)})
                for band in problem.bands
            ),
            clients=tuple(
                client
                if client.points is None
                else client.model_copy(update={"points": _times(client.points, factor)})
                for client in problem.clients
            ),
            rulebook=with_parameters(problem.rulebook, "caseload_cap", of_flags),
        )


def _times(points: Decimal, factor: Decimal) -> Decimal:
    return points if factor == 1 else rounded(points * factor, _MOST)


CHANGE = OtherPoints
