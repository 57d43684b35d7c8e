"""The summary of a roll as a table for a spreadsheet: one row a week."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from safeschedule.caseload.panels import PanelState
from safeschedule.exchange.csv_rota.cells import guard
from safeschedule.rolling.caseload_figures import CaseloadRow
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
_CASELOAD = (
    "referred",
    "discharged",
    "taken",
    "routed_later",
    "waited_mean",
    "waited_most",
    "in_time",
    "with_target",
    "waiting_all",
    "over_target",
    "longest",
    "clients",
    "points",
    "cap",
    "high_acuity_share",
    "bands_changed",
    "bands_proposed",
    "overrides",
    "overrides_ended",
    "restricted",
    "exceptions_overdue",
    "unreported",
)
"""Of a roll with a waitlist or a ledger."""


def as_csv(summary: Summary) -> str:
    """Return the weeks as CSV: a header, and a row for each week.

    After the fixed columns come one for each acuity band, with the clients overdue for contact at the
    week's end, and one for each kind of protected block, with its minutes. Shares are fractions. A roll
    with a waitlist or a ledger has its own behind them, with one for each triage class and state of panels.
    """
    bands = list(dict.fromkeys(band for row in summary.weeks for band in row.overdue))
    kinds = list(dict.fromkeys(kind for row in summary.weeks for kind in row.protected))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    # Names of bands come from other people's files, and must never run as a formula.
    header = [*_BEFORE, *(f"overdue_band_{band}" for band in bands), *(f"protected_{kind}" for kind in kinds)]
    beside = _caseload_columns(summary)
    writer.writerow([guard(name) for name in (*header, *_AFTER, *beside)])
    for row in summary.weeks:
        writer.writerow(
            [
                *(_cell(row, name) for name in _BEFORE),
                *(str(row.overdue.get(band, 0)) for band in bands),
                *(str(row.protected.get(kind, 0)) for kind in kinds),
                *(_cell(row, name) for name in _AFTER),
                *(_caseload_cell(row.caseload, name) for name in beside),
            ]
        )
    return text.getvalue()


def _caseload_columns(summary: Summary) -> tuple[str, ...]:
    rows = [row.caseload for row in summary.weeks if row.caseload is not None]
    if not rows:
        return ()
    classes = dict.fromkeys(name for row in rows for name in row.waiting)
    states = (f"panels_{state}" for state in PanelState)
    return (*_CASELOAD, *(f"waiting_{name}" for name in classes), *states)


def _caseload_cell(row: CaseloadRow | None, name: str) -> str:
    if row is None:
        return ""
    if name in _CASELOAD:
        return _cell(row, name)
    kind, _, own = name.partition("_")
    return str(row.panels.get(PanelState(own), 0) if kind == "panels" else row.waiting.get(own, 0))


def _cell(row: WeekRow | CaseloadRow, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | Decimal):
        return f"{float(value):.6g}"
    return "" if value is None else str(value)
