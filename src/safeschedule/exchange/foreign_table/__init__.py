"""A table from elsewhere, such as a client list, put into the sheet of a workbook by a mapping."""

from safeschedule.exchange.foreign_table.filling import filled
from safeschedule.exchange.foreign_table.mapping import TableMapping, read_table_mapping
from safeschedule.exchange.foreign_table.proposing import proposal
from safeschedule.exchange.foreign_table.table import ForeignTable, read_table

__all__ = ["ForeignTable", "TableMapping", "filled", "proposal", "read_table", "read_table_mapping"]
