"""How each kind of protected time is named and drawn."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.problem import BlockKind


@dataclass(frozen=True)
class Look:
    """How a kind of block is shown.

    Parameters
    ----------
    label, short
        The name, and the abbreviation that stands in narrow columns.
    pattern
        The family that shares a border and a hatching: ``write``, ``meet``, ``rest`` or ``open``.
    """

    label: str
    short: str
    pattern: str


LOOKS = {
    BlockKind.DOCUMENTATION: Look("Documentation", "DOC", "write"),
    BlockKind.COORDINATION: Look("Coordination", "COO", "write"),
    BlockKind.GROUP_PREPARATION: Look("Group preparation", "GRP", "write"),
    BlockKind.PREPARATION: Look("Preparation", "PRP", "write"),
    BlockKind.CONSULTATION: Look("Consultation", "CON", "meet"),
    BlockKind.SUPERVISION: Look("Supervision", "SUP", "meet"),
    BlockKind.CASE_REVIEW: Look("Case review", "REV", "meet"),
    BlockKind.DEBRIEF: Look("Debrief", "DEB", "meet"),
    BlockKind.BREAK: Look("Break", "BRK", "rest"),
    BlockKind.RECOVERY: Look("Recovery", "REC", "rest"),
    BlockKind.RESET: Look("Reset", "RST", "rest"),
    BlockKind.URGENT_SLOT: Look("Urgent slot", "URG", "open"),
    BlockKind.RESERVE: Look("Reserve", "RES", "open"),
    BlockKind.COVER: Look("Cover", "COV", "open"),
    BlockKind.TRAVEL: Look("Travel", "TRV", "rest"),
    BlockKind.OTHER: Look("Other", "OTH", "rest"),
}
"""Every kind, in the order of the legend."""
