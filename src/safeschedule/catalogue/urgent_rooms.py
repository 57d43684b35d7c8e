"""Statement of the rule ``urgent_rooms``: a room kept for each urgent slot."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="urgent_rooms",
    title="A room kept for each urgent slot",
    tier=Tier.SERVICE,
    hard=True,
    weight=60,
    statement=(
        "An urgent slot, as in urgent_slots, needs for all of its time what room_capacity asks for a crisis "
        "session, as in urgent_slots, in person: a room that fits it and of each kind of equipment a piece. "
        "They are at a site at which its clinician may be: that of the working period in which the slot "
        "starts, or without one any of the clinician's sites, or without these any site; sites for "
        "telehealth only left out. It needs nothing in a working period for telehealth only, where there is "
        "no crisis session, of what no such site has any that fits, and in a half of a working day in which "
        "no start at which the clinician can hold a slot, as in urgent_slots, at sites that have any, leaves "
        "of each thing needed one that is not unavailable in every minute of the slot. At every minute in "
        "which urgent slots go on, they can be given what they need, as in room_capacity, beside all that "
        "the appointments that go on can be given. While room_capacity is off, nothing is asked."
    ),
    amount="one for each half of a date (the second begins at midday) with a minute in which they cannot",
    good="Two rooms; a session and an urgent slot at 10:00.",
    bad="Two rooms; two sessions and an urgent slot at 10:00.",
    source="TC; the room is an assumption",
    assumes=("room_capacity",),
)
