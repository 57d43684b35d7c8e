"""The cells of a workbook file, whichever program wrote it."""

from safeschedule.exchange.workbook.grids.grid import Grid
from safeschedule.exchange.workbook.grids.opening import grids_of

__all__ = ["Grid", "grids_of"]
