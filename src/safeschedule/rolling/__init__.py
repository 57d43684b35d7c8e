"""Weeks in a row: each planned with what the weeks before it left behind."""

from safeschedule.rolling.agenda import Agenda, Ask
from safeschedule.rolling.folder import roll_into
from safeschedule.rolling.next_week import next_week
from safeschedule.rolling.roll import PlannedWeek, Roll, roll
from safeschedule.rolling.summary import Summary, Totals, WeekRow

__all__ = [
    "Agenda",
    "Ask",
    "PlannedWeek",
    "Roll",
    "Summary",
    "Totals",
    "WeekRow",
    "next_week",
    "roll",
    "roll_into",
]
