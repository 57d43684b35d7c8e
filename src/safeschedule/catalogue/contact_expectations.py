"""Statement of the rule ``contact_expectations``: contacts and reviews as often as the acuity band asks."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="contact_expectations",
    title="Contacts and reviews as often as the acuity band asks",
    tier=Tier.SERVICE,
    hard=False,
    weight=2,
    traits=(
        Trait.GOES_BY_DATE,
        Trait.SETTLED,
    ),
    statement=(
        "A client with an own clinician is due for contact so many days after the last contact "
        "as the client's band states in its contact days. The last contact is the later of the "
        "client's last_contact and the client's appointments of the history; a client with "
        "neither is not judged. The client is late on each date of the week that has a working "
        "period of the own clinician, leave or not, that is not before the date due, and up to "
        "the end of which no session of the week with the client has started. A client whose "
        "next_review is not after the week's last date is due for review, and gets it by a "
        "session of the kind review in the week."
    ),
    amount=(
        "for each client, the rank of the band for each date of the week on which the client is "
        "late, and `review` for each client due for review without one"
    ),
    good="A very-high client, last seen on Friday, is due on Monday and seen on Monday.",
    bad=("A high-band client, due on Tuesday, is seen on Friday; a low-band client, not due, on Monday."),
    source="AB",
    parameters=(
        Parameter(
            "review",
            5,
            "units",
            "What a missing review counts.",
            source="AB; the figure is an assumption",
            tight=(0, 1),
        ),
    ),
)
