"""Live questions about a week: what a move would break or cost, and where else a session can be."""

from safeschedule.web.live.desks import desk_of
from safeschedule.web.live.verdict import verdict_of

__all__ = ["desk_of", "verdict_of"]
