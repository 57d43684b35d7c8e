"""What an encoder offers: blocks that the model may place."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.model.rows import Role
from safeschedule.problem import BlockKind


@dataclass(frozen=True)
class Proposal:
    """A block that may be placed at any start where its people work.

    Parameters
    ----------
    minutes
        Length, a multiple of the grid.
    clinician, partner
        Numbers; the partner is the supervisor of ATTEND and PAIR proposals.
    window
        Clock times in minutes between which it has to lie; ``None``: any.
    site
        Number of the site to which travel leads.
    span
        Minutes of the week between which it has to start, the last one excluded; ``None``: any. Rows are
        offered once only when the spans of otherwise equal proposals do not meet.
    """

    kind: BlockKind
    minutes: int
    clinician: int
    partner: int = -1
    role: Role = Role.SOLO
    window: tuple[int, int] | None = None
    site: int = -1
    span: tuple[int, int] | None = None
