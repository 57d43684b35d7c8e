"""Weeks of day programmes for SafeSchedule: counts first, then each date's times."""

from safeschedule_dayprogramme.backend import DayProgramme, suits

__all__ = ["DayProgramme", "suits"]
