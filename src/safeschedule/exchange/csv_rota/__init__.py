"""A rota as a CSV file for spreadsheets, and back."""

from safeschedule.exchange.csv_rota.reading import read_csv
from safeschedule.exchange.csv_rota.writing import write_csv

__all__ = ["read_csv", "write_csv"]
