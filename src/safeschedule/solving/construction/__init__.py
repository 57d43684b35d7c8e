"""The constructive heuristic: a first schedule with nearly everything in it, before any search."""

from safeschedule.solving.construction.construct import construct

__all__ = ["construct"]
