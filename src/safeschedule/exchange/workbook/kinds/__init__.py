"""The kinds of values in cells."""

from safeschedule.exchange.workbook.kinds.kind import Around, Cell, CellKind, Clock, Out

__all__ = ["Around", "Cell", "CellKind", "Clock", "Out"]
