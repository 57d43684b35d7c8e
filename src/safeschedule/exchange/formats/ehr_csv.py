"""The CSV export of a behavioural-health record system."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from safeschedule.exchange.formats.format import Format, Imported, Importer, ImportOption


def _import(folder: Path, week: date, mapping: Path | None) -> Imported:
    from safeschedule.exchange.ehr_csv import import_ehr_csv
    from safeschedule.schedule import stated

    problem, booked = import_ehr_csv(folder, week, mapping)
    return Imported(problem, stated("import ehr-csv", problem, booked))


FORMAT = Format(
    name="ehr-csv",
    imports=Importer(
        about="Read the CSV export of a behavioural-health record system",
        details="Only codes are read: no names, no dates of birth.",
        source="FOLDER",
        help="Folder with the export's CSV files.",
        read=_import,
        options=(
            ImportOption("week", date, "Any date of the week to plan.", "DATE", needed=True),
            ImportOption("mapping", Path, "What the export cannot say; see the reference.", "FILE.toml"),
        ),
        books=True,
    ),
)
