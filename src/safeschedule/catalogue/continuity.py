"""Statement of the rule ``continuity``: a client sees the own clinician."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="continuity",
    title="A client sees the own clinician",
    tier=Tier.SERVICE,
    hard=True,
    weight=100,
    statement=(
        "A session of a request that names a clinician is with that clinician. A session of a request "
        "that names none, by a client with an own clinician who has all the skills that request and "
        "session type need, is with the own clinician. All sessions of one request are with one "
        "clinician. Sessions of groups are left out."
    ),
    amount=(
        "one for each session with another clinician; for each request, the number of different "
        "clinicians less one"
    ),
    good="The client's weekly session is with the own clinician.",
    bad="It is with a colleague who happened to be free.",
    source="assumption: product's continuity rule",
)
