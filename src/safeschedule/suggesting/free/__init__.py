"""Free slots: where a session may be booked as the week stands, by a booking page or at the telephone."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.suggesting.free.result import Exclusion, FreeSlot, FreeSlots

if TYPE_CHECKING:
    from safeschedule.suggesting.free.search import free_slots

__all__ = ["Exclusion", "FreeSlot", "FreeSlots", "free_slots"]

__getattr__ = loader(__name__, {"free_slots": "search"})
