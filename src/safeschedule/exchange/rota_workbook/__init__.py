"""A solved week as a workbook: to look at, to print, to change by hand, and to read back."""

from safeschedule.exchange.rota_workbook.reading import read_rota, rota_changes
from safeschedule.exchange.rota_workbook.writing import rota_workbook, write_rota

__all__ = ["read_rota", "rota_changes", "rota_workbook", "write_rota"]
