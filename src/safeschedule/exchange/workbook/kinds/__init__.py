"""The kinds of values in cells."""

from safeschedule.exchange.workbook.kinds.kind import Around, Cell, Clock, Kind, Out

__all__ = ["Around", "Cell", "Clock", "Kind", "Out"]
