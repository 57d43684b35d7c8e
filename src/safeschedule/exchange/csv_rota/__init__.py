"""A rota as a CSV file for spreadsheets, and back."""

from safeschedule.exchange.csv_rota.reading import csv_from_text, read_csv
from safeschedule.exchange.csv_rota.writing import rota_csv, write_csv

__all__ = ["csv_from_text", "read_csv", "rota_csv", "write_csv"]
