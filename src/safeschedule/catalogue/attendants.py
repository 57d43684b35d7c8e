"""Statement of the rule ``attendants``: whoever has to attend a session is there, free and qualified."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="attendants",
    title="Interpreters and other attendants are there, free and qualified",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    traits=(Trait.SETTLED,),
    statement=(
        "An appointment needs of each skill as many attendants as its session type asks for, or its request "
        "(or group), the larger of the two. It names them: for each of these places one with the skill, and "
        "nobody for two places. Others whom it names attend, too. Whoever is named is there for all of it: "
        "every minute lies in working periods of theirs on open dates, outside leave, and for telehealth the "
        "attendant attends by telehealth; in person none of these periods is for telehealth only, each that "
        "names a site (no telehealth-only one) names the appointment's, and for one that names none the "
        "appointment's site is in the attendant's list of sites, where there is a list and the appointment "
        "names a site. Nobody attends two appointments at once. Between two in person at different sites "
        "lies at least the way from the one that ends first to the other, where ways between sites are "
        "stated. The appointments of an attendant in the week take at most the attendant's weekly_minutes."
    ),
    amount=(
        "one for each place that is not filled, each named attendant who is not there for all of it, each "
        "pair of appointments that one attendant cannot attend both, and each attendant with too many minutes"
    ),
    good="A session with an interpreter for Farsi, with an interpreter for Farsi who works then.",
    bad="The same session while the only interpreter for Farsi is at another.",
    source="assumption: practice of services with interpreters and chaperones",
)
