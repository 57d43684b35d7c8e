"""What is given: the week to plan, its people, work, places and rulebook."""

from safeschedule.problem import faults
from safeschedule.problem.attendants import Attendant, AttendantNeed
from safeschedule.problem.clock import Slot, Span, Weekday, Window
from safeschedule.problem.faults import require_sound
from safeschedule.problem.fixed import (
    BlockKind,
    History,
    Incident,
    Meeting,
    PastAppointment,
    PinnedAppointment,
    PinnedBlock,
    PinnedGroup,
)
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.problem.hours import Hours
from safeschedule.problem.migrating import migrate
from safeschedule.problem.people import AcuityBand, Client, Clinician, Flag, Leave, WorkingPeriod
from safeschedule.problem.places import Closure, Equipment, Room, Site, Travel
from safeschedule.problem.presets import PRESETS
from safeschedule.problem.problem import Problem
from safeschedule.problem.reading import problem_from_text, read_problem
from safeschedule.problem.rulebook import Rulebook, RuleSetting, Setting
from safeschedule.problem.tasks import MessageTask, TaskKind
from safeschedule.problem.watching import WatchedIndicator
from safeschedule.problem.work import AllowedMode, Group, Intensity, Kind, Mode, Request, SessionType

__all__ = [
    "PRESETS",
    "AcuityBand",
    "AllowedMode",
    "Attendant",
    "AttendantNeed",
    "BlockKind",
    "Client",
    "Clinician",
    "Closure",
    "Equipment",
    "Flag",
    "Group",
    "History",
    "Hours",
    "Incident",
    "Intensity",
    "Kind",
    "Leave",
    "Meeting",
    "MessageTask",
    "Mode",
    "PastAppointment",
    "PinnedAppointment",
    "PinnedBlock",
    "PinnedGroup",
    "Problem",
    "Request",
    "Room",
    "RuleSetting",
    "Rulebook",
    "SessionType",
    "Setting",
    "Site",
    "Slot",
    "Span",
    "TaskKind",
    "Travel",
    "WatchedIndicator",
    "Weekday",
    "Window",
    "WorkingPeriod",
    "faults",
    "migrate",
    "problem_from_text",
    "problem_hash",
    "read_problem",
    "require_sound",
    "rulebook_hash",
]
