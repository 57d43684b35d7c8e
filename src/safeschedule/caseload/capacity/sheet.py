"""The sheet on which a sum is written, line by line."""

from __future__ import annotations

from decimal import Decimal

from safeschedule.caseload.capacity.answers import CapacityLine

YEAR = 52
"""Weeks."""

FILE = "assumption of the file"
"""Where a figure comes from that the service has stated itself."""


def exact(value: float | Decimal, places: int = 2) -> Decimal:
    """Return a figure with so many places."""
    return round(Decimal(str(value)), places)


class SumSheet:
    """Lines of a sum, in the order in which they are written."""

    def __init__(self) -> None:
        self.lines: list[CapacityLine] = []

    def line(
        self,
        code: str,
        title: str,
        formula: str,
        result: float | Decimal,
        unit: str,
        source: str,
        **figures: float | Decimal,
    ) -> Decimal:
        """Add a line, and return its result."""
        known = {name.replace("_", " "): exact(value) for name, value in figures.items()}
        made = exact(result)
        self.lines.append(CapacityLine(code, title, formula, known, made, unit, source))
        return made
