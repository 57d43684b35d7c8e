"""Statement of the rule ``travel_time``: time to travel between sites."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="travel_time",
    title="Time to travel between sites",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    statement=(
        "The problem's travel entries state the minutes from one site to another, and back "
        "where the way back has no entry of its own. On each date a clinician is at first "
        "wherever the first activity with a place needs it. An activity with a place is a "
        "session in person with a site, which needs the clinician at that site, or a travel "
        "block with a site, which leads there. A session or a travel block may follow at once "
        "where the way from where the clinician is takes 0 minutes (by way of other sites, "
        "too); a session anywhere else is at the wrong place. A travel block takes at least the "
        "minutes that are stated from one of the sites at which the clinician may be (those "
        "that 0 minutes join), or it is too short; the first activity with a place of a date is "
        "never too short. After a session at the wrong place the clinician is there. Without "
        "any travel entries, and for clinicians and dates without sites, the rule says nothing."
    ),
    amount="one for each session at the wrong place, and for each travel block that is too short",
    good=(
        "A session at north until 10:00, travel to south from 10:00 to 10:30 (30 minutes are "
        "stated), a session at south."
    ),
    bad="A session at north until 10:00, and one at south at 10:30 without travel between.",
    source="CD",
    assumes=("no_overlap",),
)
