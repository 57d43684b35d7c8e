"""Statement of the rule ``room_capacity``: in-person sessions fit the rooms."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="room_capacity",
    title="In-person sessions fit the rooms",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    traits=(Trait.EASED_BY_HOURS,),
    statement=(
        "Only appointments in person need rooms and equipment. One whose type names a room kind "
        "needs a room at its site that is of this kind (its kind, or one that it serves as, too) "
        "and seats as many as the type's largest number of clients and its facilitators. One "
        "whose type names equipment needs of each kind a piece that is at its site or at none. "
        "At every minute all appointments that go on can be given what they need, no room and no "
        "piece twice, and no room that is unavailable in that minute; while a meeting is in a room, it is "
        "unavailable, too. A room that an appointment "
        "names is one that fits, and is not unavailable in any of its minutes; whatever names a room "
        "has that room and no other, also by telehealth or without a need of one."
    ),
    amount=(
        "one for each appointment, and room or kind of equipment, in whose first minute not all "
        "that go on and compete for the same can be given theirs; one for each later minute at "
        "which rooms become unavailable and that holds as well; one for each named room that is "
        "unfit or unavailable"
    ),
    good="Two rooms, two sessions at 10:00.",
    bad="Two rooms, three sessions at 10:00.",
    source="CD (working conditions); assumption",
)
