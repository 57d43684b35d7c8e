"""Statement of the rule ``qualification``: the clinician can do what the request needs."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="qualification",
    title="The clinician can do what the request needs",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    traits=(
        Trait.PERSONAL,
        Trait.EASED_BY_HOURS,
    ),
    statement=(
        "The clinician of an appointment has every skill that its session type and its request "
        "need. The appointment's mode is one the request allows (either allows both), or that of "
        "its group. For telehealth the clinician works by telehealth. In person: where the "
        "request or the group names a site, the appointment is at that site; where the working "
        "period that contains the appointment's start names a site, the appointment is at that "
        "site; where that period names none and the clinician has a list of sites, the "
        "appointment's site is in the list or is not given."
    ),
    amount="one for each appointment and missing skill or unfit mode or site",
    good="A session for which EMDR is needed, with a clinician who has EMDR.",
    bad="The same session with a clinician who does not have it.",
    source="assumption: professional law",
)
