"""Live questions about one appointment: the best slots for it, and what moving it would break or cost."""

from safeschedule.suggesting.asking import check_move, suggest, suggest_moves
from safeschedule.suggesting.checked import MoveCheck
from safeschedule.suggesting.desk import Desk
from safeschedule.suggesting.effects import Cost, Effects
from safeschedule.suggesting.metrics import Metric
from safeschedule.suggesting.suggestion import Suggestion, Suggestions

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
