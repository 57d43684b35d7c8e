"""Weeks in a row: each planned with what the weeks before it left behind."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.rolling.agenda import Agenda, Ask
from safeschedule.rolling.caseload import BandsTaken, RollCaseload
from safeschedule.rolling.caseload_figures import CaseloadRow, CaseloadTotals
from safeschedule.rolling.caseload_week import CaseloadWeek, TakenClient
from safeschedule.rolling.figures import Summary, Totals, WeekRow
from safeschedule.rolling.following import next_week

if TYPE_CHECKING:
    from safeschedule.rolling.course import PlannedWeek
    from safeschedule.rolling.engine import Roll, roll
    from safeschedule.rolling.folder import roll_into

__all__ = [
    "Agenda",
    "Ask",
    "BandsTaken",
    "CaseloadRow",
    "CaseloadTotals",
    "CaseloadWeek",
    "PlannedWeek",
    "Roll",
    "RollCaseload",
    "Summary",
    "TakenClient",
    "Totals",
    "WeekRow",
    "next_week",
    "roll",
    "roll_into",
]

__getattr__ = loader(
    __name__, {"PlannedWeek": "course", "Roll": "engine", "roll": "engine", "roll_into": "folder"}
)
