"""The summary of a roll as a table for a spreadsheet: one row a week."""

from __future__ import annotations

import csv
import io

from safeschedule.exchange.csv_rota.cells import guard
from safeschedule.rolling.figures import Summary, WeekRow

_BEFORE = (
    "week",
    "week_start",
    "asked",
    "placed",
    "left_out",
    "expected",
    "value_share",
    "carried",
    "oldest",
    "overdue_high_acuity",
    "overdue_reviews",
    "waiting",
    "left_to_age",
    "passed_over",
    "clinicians",
    "fte",
    "sessions_mean",
    "sessions_most",
    "high_minutes_mean",
    "high_minutes_most",
    "protected_per_fte",
    "pressing",
)
_AFTER = ("gap", "seconds", "compliant")


def as_csv(summary: Summary) -> str:
    """Return the weeks as CSV: a header, and a row for each week.

    After the fixed columns come one for each acuity band, with the clients overdue for contact at the
    week's end, and one for each kind of protected block, with its minutes. Shares are fractions.
    """
    bands = list(dict.fromkeys(band for row in summary.weeks for band in row.overdue))
    kinds = list(dict.fromkeys(kind for row in summary.weeks for kind in row.protected))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    # Names of bands come from other people's files, and must never run as a formula.
    header = [*_BEFORE, *(f"overdue_band_{band}" for band in bands), *(f"protected_{kind}" for kind in kinds)]
    writer.writerow([guard(name) for name in (*header, *_AFTER)])
    for row in summary.weeks:
        writer.writerow(
            [
                *(_cell(row, name) for name in _BEFORE),
                *(str(row.overdue.get(band, 0)) for band in bands),
                *(str(row.protected.get(kind, 0)) for kind in kinds),
                *(_cell(row, name) for name in _AFTER),
            ]
        )
    return text.getvalue()


def _cell(row: WeekRow, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)
