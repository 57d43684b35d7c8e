"""Statement of the rule ``leave``: leave stays leave."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="leave",
    title="Leave stays leave",
    tier=Tier.CONTRACT,
    hard=True,
    weight=100,
    traits=(
        Trait.GIVEN,
        Trait.EASED_BY_HOURS,
    ),
    statement=(
        "No appointment and no block of a clinician, attended or supervised, overlaps the clinician's leave. "
        "Leave of the kind passed is no leave, in this rule and all others: it says that working time "
        "is gone."
    ),
    amount="one for each activity and clinician that overlaps leave",
    good="Leave from Thursday noon: the last session ends at 12:00.",
    bad="A session at 14:00 on the first day of leave.",
    source="TC",
)
