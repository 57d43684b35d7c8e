"""Live questions: the best slots for a session, every free slot, and what a move would break or cost."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.suggesting.checked import MoveCheck
from safeschedule.suggesting.effects import Cost, Effects
from safeschedule.suggesting.free.result import Exclusion, FreeSlot, FreeSlots
from safeschedule.suggesting.metrics import Metric
from safeschedule.suggesting.suggestion import Suggestion, Suggestions

if TYPE_CHECKING:
    from safeschedule.suggesting.asking import check_move, suggest, suggest_moves
    from safeschedule.suggesting.desk import Desk
    from safeschedule.suggesting.free.search import free_slots

__all__ = [
    "Cost",
    "Desk",
    "Effects",
    "Exclusion",
    "FreeSlot",
    "FreeSlots",
    "Metric",
    "MoveCheck",
    "Suggestion",
    "Suggestions",
    "check_move",
    "free_slots",
    "suggest",
    "suggest_moves",
]

__getattr__ = loader(
    __name__,
    {
        "Desk": "desk",
        "check_move": "asking",
        "free_slots": "free.search",
        "suggest": "asking",
        "suggest_moves": "asking",
    },
)
