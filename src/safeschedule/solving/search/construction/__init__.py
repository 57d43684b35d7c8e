"""The constructive heuristic: a first schedule with nearly everything in it, before any search."""

from safeschedule.solving.search.construction.again import construct_again
from safeschedule.solving.search.construction.confirm import confirm
from safeschedule.solving.search.construction.construct import construct
from safeschedule.solving.search.construction.offering import offered_to

__all__ = ["confirm", "construct", "construct_again", "offered_to"]
