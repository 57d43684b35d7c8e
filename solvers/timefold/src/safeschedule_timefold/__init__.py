"""A SafeSchedule back-end that searches with Timefold."""

from safeschedule_timefold.backend import Timefold

__all__ = ["Timefold"]
