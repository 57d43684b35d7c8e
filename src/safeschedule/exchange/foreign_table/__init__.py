"""A table from elsewhere, such as a client list, put into the sheet of a workbook by a mapping."""

from safeschedule.exchange.foreign_table.filling import Filled, Filling, filled, filled_all
from safeschedule.exchange.foreign_table.mapping import OPEN, TableMapping, mapping_of, read_table_mapping
from safeschedule.exchange.foreign_table.proposing import proposal, proposed
from safeschedule.exchange.foreign_table.table import ForeignTable, read_table

__all__ = [
    "OPEN",
    "Filled",
    "Filling",
    "ForeignTable",
    "TableMapping",
    "filled",
    "filled_all",
    "mapping_of",
    "proposal",
    "proposed",
    "read_table",
    "read_table_mapping",
]
