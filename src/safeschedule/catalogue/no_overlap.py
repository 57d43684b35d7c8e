"""Statement of the rule ``no_overlap``: nobody and no room in two places at once."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="no_overlap",
    title="Nobody and no room in two places at once",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    traits=(Trait.GIVEN,),
    statement=(
        "No two activities of one clinician overlap in time (blocks of every kind and meetings "
        "included; two meetings among themselves are not judged). No two appointments with the same "
        "client overlap. No two appointments in the same named room overlap. Activities that only "
        "touch do not overlap."
    ),
    amount="one for each overlapping pair and person or room",
    good="A session 09:00-10:00 and a block 10:00-10:30.",
    bad="A session 09:00-10:00 and another of the same clinician at 09:45.",
    source="assumption: physics",
)
