"""Balanced measures: access, engagement, quality, workforce and caseload, of teams."""

from safeschedule.caseload.measures.definition import Area, Definition
from safeschedule.caseload.measures.measuring import (
    Measure,
    MeasureReport,
    MeasureValue,
    balanced_measures,
)
from safeschedule.caseload.measures.table import TABLE

__all__ = ["TABLE", "Area", "Definition", "Measure", "MeasureReport", "MeasureValue", "balanced_measures"]
