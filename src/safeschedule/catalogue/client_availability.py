"""Statement of the rule ``client_availability``: sessions lie inside the client's windows."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="client_availability",
    title="Sessions lie inside the client's windows",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    traits=(
        Trait.GIVEN,
        Trait.EASED_BY_HOURS,
    ),
    statement=(
        "Where a client of an appointment has availability windows, the appointment lies wholly "
        "inside one of them on its weekday. The same holds for the windows of each request that "
        "it serves, where it has any. Its date is not before a request's earliest and not after "
        "its latest date. A client or request without windows is free at any time."
    ),
    amount="one for each appointment and client windows, request windows or dates not kept",
    good="Windows Tuesday 09:00-12:00: a session Tuesday 11:00-12:00.",
    bad="The same windows: a session Tuesday 11:30-12:30.",
    source="assumption: the client has to be there",
)
