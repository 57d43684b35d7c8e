"""What really happened in a week, for measures, warnings and forecasts."""

from safeschedule.actuals.around import (
    Discharge,
    Event,
    EventKind,
    FirstContact,
    HeldSupervision,
    RaisedFlag,
    Referral,
    StaffChange,
    StaffMove,
)
from safeschedule.actuals.faults import find_actuals_faults
from safeschedule.actuals.happened import (
    ActualVisit,
    Attendance,
    BlockFate,
    Presence,
    ProtectedBlock,
    WorkedDay,
)
from safeschedule.actuals.reading import actuals_from_text, read_actuals, read_actuals_folder
from safeschedule.actuals.week import Actuals

__all__ = [
    "ActualVisit",
    "Actuals",
    "Attendance",
    "BlockFate",
    "Discharge",
    "Event",
    "EventKind",
    "FirstContact",
    "HeldSupervision",
    "Presence",
    "ProtectedBlock",
    "RaisedFlag",
    "Referral",
    "StaffChange",
    "StaffMove",
    "WorkedDay",
    "actuals_from_text",
    "find_actuals_faults",
    "read_actuals",
    "read_actuals_folder",
]
