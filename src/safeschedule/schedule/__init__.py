"""The finished week, from any source."""

from safeschedule.schedule.diff import BlockChange, Diff, Moved, differences
from safeschedule.schedule.hashing import schedule_hash
from safeschedule.schedule.identity import following, identified, people
from safeschedule.schedule.provenance import ScheduleProvenance
from safeschedule.schedule.schedule import Appointment, Block, CalledOff, Item, LeftOut, LeftOutKind, Schedule
from safeschedule.schedule.stating import stated, told

__all__ = [
    "Appointment",
    "Block",
    "BlockChange",
    "CalledOff",
    "Diff",
    "Item",
    "LeftOut",
    "LeftOutKind",
    "Moved",
    "Schedule",
    "ScheduleProvenance",
    "differences",
    "following",
    "identified",
    "people",
    "schedule_hash",
    "stated",
    "told",
]
