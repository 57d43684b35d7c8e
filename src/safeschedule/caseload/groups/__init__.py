"""Groups: where there are seats, for whom, and what it does to the weeks of those who lead them."""

from typing import TYPE_CHECKING

from safeschedule.caseload.groups.answers import (
    GroupAnswer,
    GroupCandidate,
    GroupEffect,
    GroupEligibility,
    GroupReason,
)
from safeschedule.caseload.groups.criteria import ClientPhase, GroupCriteria, GroupRules, read_group_rules
from safeschedule.lazily import loader

if TYPE_CHECKING:
    from safeschedule.caseload.groups.asking import group_eligibility

__all__ = [
    "ClientPhase",
    "GroupAnswer",
    "GroupCandidate",
    "GroupCriteria",
    "GroupEffect",
    "GroupEligibility",
    "GroupReason",
    "GroupRules",
    "group_eligibility",
    "read_group_rules",
]

__getattr__ = loader(__name__, {"group_eligibility": "asking"})
