"""Referrals to the clinicians who have room for them under the caps and in the week."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.routing.allocating import Allocation, IntakeAllocation, Unallocated, allocate_intakes
from safeschedule.routing.answers import IntakeProposal, IntakeRefusal, IntakeRouting
from safeschedule.routing.referred import Referred, read_referral

if TYPE_CHECKING:
    from safeschedule.routing.intake import route_intake

__all__ = [
    "Allocation",
    "IntakeAllocation",
    "IntakeProposal",
    "IntakeRefusal",
    "IntakeRouting",
    "Referred",
    "Unallocated",
    "allocate_intakes",
    "read_referral",
    "route_intake",
]

__getattr__ = loader(__name__, {"route_intake": "intake"})
