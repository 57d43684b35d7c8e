"""A team's problem as a workbook: written with everything in it, read as people fill it in."""

from safeschedule.exchange.workbook.reading import WorkbookReading, read_workbook, workbook_problem
from safeschedule.exchange.workbook.writing import empty_workbook, workbook_of, write_workbook

__all__ = [
    "WorkbookReading",
    "empty_workbook",
    "read_workbook",
    "workbook_of",
    "workbook_problem",
    "write_workbook",
]
