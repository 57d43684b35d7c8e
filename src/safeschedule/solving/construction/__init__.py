"""The constructive heuristic: a first schedule with nearly everything in it, before any search."""

from safeschedule.solving.construction.again import construct_again
from safeschedule.solving.construction.confirm import confirm
from safeschedule.solving.construction.construct import construct
from safeschedule.solving.construction.offering import offered_to

__all__ = ["confirm", "construct", "construct_again", "offered_to"]
