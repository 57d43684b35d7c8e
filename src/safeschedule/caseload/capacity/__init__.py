"""Capacity: from explicit assumptions to what a service can sustain, every line of the sum shown."""

from safeschedule.caseload.capacity.answers import CapacityLine, SustainableCapacity
from safeschedule.caseload.capacity.assumptions import (
    CapacityAssumptions,
    example_assumptions,
    read_capacity_assumptions,
)
from safeschedule.caseload.capacity.reckoning import capacity_of
from safeschedule.caseload.capacity.team import CapacityTeam, capacity_team

__all__ = [
    "CapacityAssumptions",
    "CapacityLine",
    "CapacityTeam",
    "SustainableCapacity",
    "capacity_of",
    "capacity_team",
    "example_assumptions",
    "read_capacity_assumptions",
]
