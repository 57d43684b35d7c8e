"""The finished week, from any source."""

from safeschedule.schedule.hashing import schedule_hash
from safeschedule.schedule.schedule import Appointment, Block, LeftOut, LeftOutKind, Schedule

__all__ = ["Appointment", "Block", "LeftOut", "LeftOutKind", "Schedule", "schedule_hash"]
