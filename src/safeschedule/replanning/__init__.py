"""When something changes: a week is planned again with the fewest people disturbed."""

from typing import TYPE_CHECKING

from safeschedule.caseload.urgency import urgent_requests
from safeschedule.lazily import loader
from safeschedule.replanning.applying import apply_changes
from safeschedule.replanning.changes import (
    CancelledSession,
    Change,
    ChangedHours,
    LostAttendant,
    LostRoom,
    NewRequest,
    RiskFlag,
    SickCall,
)
from safeschedule.replanning.reading import changes_from_text, read_changes
from safeschedule.replanning.result import Dropped, Outcome, Replan, Worse
from safeschedule.replanning.telling import Notice
from safeschedule.schedule import BlockChange, Diff, Moved, differences

if TYPE_CHECKING:
    from safeschedule.replanning.again import replan

__all__ = [
    "BlockChange",
    "CancelledSession",
    "Change",
    "ChangedHours",
    "Diff",
    "Dropped",
    "LostAttendant",
    "LostRoom",
    "Moved",
    "NewRequest",
    "Notice",
    "Outcome",
    "Replan",
    "RiskFlag",
    "SickCall",
    "Worse",
    "apply_changes",
    "changes_from_text",
    "differences",
    "read_changes",
    "replan",
    "urgent_requests",
]

__getattr__ = loader(__name__, {"replan": "again"})
