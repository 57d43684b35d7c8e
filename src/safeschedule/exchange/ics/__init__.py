"""Calendars: one iCalendar file for each clinician, and messages that call single events off."""

from safeschedule.exchange.ics.calendars import calendars, cancellations
from safeschedule.exchange.ics.feeds import FeedFiles, write_feeds
from safeschedule.exchange.ics.free import free_calendar
from safeschedule.exchange.ics.writing import CalendarFiles, write_ics

__all__ = [
    "CalendarFiles",
    "FeedFiles",
    "calendars",
    "cancellations",
    "free_calendar",
    "write_feeds",
    "write_ics",
]
