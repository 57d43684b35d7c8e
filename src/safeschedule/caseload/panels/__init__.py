"""Panels: what each clinician carries and has room for, today and in the weeks ahead."""

from safeschedule.caseload.panels.concentration import Concentration
from safeschedule.caseload.panels.exceptions import exception_of_panel
from safeschedule.caseload.panels.expected import (
    ExpectedChanges,
    ExpectedDischarge,
    ExpectedLeaving,
    ExpectedReferral,
    ExpectedStart,
    read_expected,
)
from safeschedule.caseload.panels.facts import Carried, CaseloadFacts
from safeschedule.caseload.panels.forecast import (
    FirstRoom,
    ForecastRow,
    ForecastWeek,
    PanelForecast,
    panel_forecast,
)
from safeschedule.caseload.panels.panel import Panel, PanelReason, PanelRow, PanelState, TeamPanel
from safeschedule.caseload.panels.status import panel_status

__all__ = [
    "Carried",
    "CaseloadFacts",
    "Concentration",
    "ExpectedChanges",
    "ExpectedDischarge",
    "ExpectedLeaving",
    "ExpectedReferral",
    "ExpectedStart",
    "FirstRoom",
    "ForecastRow",
    "ForecastWeek",
    "Panel",
    "PanelForecast",
    "PanelReason",
    "PanelRow",
    "PanelState",
    "TeamPanel",
    "exception_of_panel",
    "panel_forecast",
    "panel_status",
    "read_expected",
]
