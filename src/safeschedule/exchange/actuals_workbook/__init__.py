"""What happened in a week as a workbook: a sheet for each list, which people fill in and programs read."""

from safeschedule.exchange.actuals_workbook.reading import read_actuals_workbook
from safeschedule.exchange.actuals_workbook.writing import actuals_workbook, write_actuals_workbook

__all__ = ["actuals_workbook", "read_actuals_workbook", "write_actuals_workbook"]
