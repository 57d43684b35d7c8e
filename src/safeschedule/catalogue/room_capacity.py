"""Statement of the rule ``room_capacity``: in-person sessions fit the rooms."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="room_capacity",
    title="In-person sessions fit the rooms",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    statement=(
        "Only in-person appointments whose session type names a room kind need a room. At every "
        "minute, for each site and room kind, the appointments that need such a room at that site are "
        "no more than the rooms of that kind at that site. A room that an appointment names has that "
        "kind and is at that site."
    ),
    amount=(
        "for each site and room kind, one for each appointment in whose first minute there are more "
        "appointments than rooms; one for each unfit named room"
    ),
    good="Two rooms, two sessions at 10:00.",
    bad="Two rooms, three sessions at 10:00.",
    source="CD (working conditions); assumption",
)
