"""Other caps of caseloads."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from safeschedule.frozen import FrozenDict, frozen
from safeschedule.problem import Clinician
from safeschedule.problem.entity import CapValue, Code
from safeschedule.scenarios.change import Scale, ScenarioChange, exactly, rounded, written
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.rulebooks import with_parameters

Clients = Annotated[int, Field(ge=0, le=10_000, strict=True)]

_MOST_POINTS, _MOST_CLIENTS = 100_000, 10_000


class OtherCaps(ScenarioChange):
    """Caseload caps are scaled, or have another table by role.

    Parameters
    ----------
    scale
        A factor of all caps: of points and of high-acuity clients, of the rulebook and of single clinicians.
    points
        Caps of points at full time by role, beside those that the rulebook has.
    high_acuity
        Caps of high-acuity clients at full time by role, beside those that the rulebook has.
    """

    name: ClassVar[str] = "caps"
    main: ClassVar[str] = "scale"
    example: ClassVar[str] = "caps = {scale = 0.9}"

    scale: Scale = 1.0
    points: Annotated[dict[Code, CapValue], Field(max_length=100), AfterValidator(frozen)] = FrozenDict()
    high_acuity: Annotated[dict[Code, Clients], Field(max_length=100), AfterValidator(frozen)] = FrozenDict()

    def apply(self, making: Making) -> None:
        """Set the tables, then scale all."""
        if self.scale == 1 and not self.points and not self.high_acuity:
            return
        book = making.problem.rulebook
        points: dict[str, Any] = dict(_table(book.setting("caseload_cap").values["points"]))
        clients: dict[str, Any] = dict(_table(book.setting("high_acuity_cap").values["clients"]))
        points |= {role: written(cap) for role, cap in self.points.items()}
        clients |= self.high_acuity
        if self.scale != 1:
            factor = exactly(self.scale)
            points = {
                role: written(rounded(Decimal(str(cap)) * factor, _MOST_POINTS))
                for role, cap in points.items()
            }
            clients = {role: _clients(cap, factor) for role, cap in clients.items()}
            making.update(clinicians=tuple(_scaled(c, factor) for c in making.problem.clinicians))
        book = with_parameters(making.problem.rulebook, "caseload_cap", {"points": points})
        making.update(rulebook=with_parameters(book, "high_acuity_cap", {"clients": clients}))


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {"default": value}


def _clients(cap: Any, factor: Decimal) -> int:
    return min(_MOST_CLIENTS, int(Decimal(str(cap)) * factor))


def _scaled(person: Clinician, factor: Decimal) -> Clinician:
    changes: dict[str, Any] = {}
    if person.caseload_cap is not None:
        changes["caseload_cap"] = rounded(person.caseload_cap * factor, _MOST_POINTS)
    if person.high_acuity_cap is not None:
        changes["high_acuity_cap"] = _clients(person.high_acuity_cap, factor)
    return person.model_copy(update=changes)


CHANGE = OtherCaps
