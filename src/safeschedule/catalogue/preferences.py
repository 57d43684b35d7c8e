"""Statement of the rule ``preferences``: preferred times."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="preferences",
    title="Preferred times",
    tier=Tier.PREFERENCE,
    hard=False,
    weight=1,
    statement=(
        "Where the client of an appointment has preferred windows, the appointment should lie wholly "
        "inside one of them on its weekday; the same for the preferred windows of its clinician."
    ),
    amount=(
        "one for each appointment outside the client's, and one for each outside the clinician's "
        "preferred windows"
    ),
    good="The client prefers mornings, the session is at 10:00.",
    bad="It is at 15:00.",
    source="assumption",
)
