"""The finished week, from any source."""

from safeschedule.schedule.hashing import schedule_hash
from safeschedule.schedule.schedule import Appointment, Block, LeftOut, Schedule

__all__ = ["Appointment", "Block", "LeftOut", "Schedule", "schedule_hash"]
