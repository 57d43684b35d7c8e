"""Live questions about one appointment: the best slots for it, and what moving it would break or cost."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.suggesting.checked import MoveCheck
from safeschedule.suggesting.effects import Cost, Effects
from safeschedule.suggesting.metrics import Metric
from safeschedule.suggesting.suggestion import Suggestion, Suggestions

if TYPE_CHECKING:
    from safeschedule.suggesting.asking import check_move, suggest, suggest_moves
    from safeschedule.suggesting.desk import Desk

__all__ = [
    "Cost",
    "Desk",
    "Effects",
    "Metric",
    "MoveCheck",
    "Suggestion",
    "Suggestions",
    "check_move",
    "suggest",
    "suggest_moves",
]

__getattr__ = loader(
    __name__, {"Desk": "desk", "check_move": "asking", "suggest": "asking", "suggest_moves": "asking"}
)
