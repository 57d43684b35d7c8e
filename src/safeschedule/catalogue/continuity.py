"""Statement of the rule ``continuity``: a client sees the own clinician."""

from __future__ import annotations

from safeschedule.catalogue.rule import YES_OR_NO, Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="continuity",
    title="A client sees the own clinician",
    tier=Tier.SERVICE,
    hard=True,
    weight=100,
    traits=(
        Trait.PERSONAL,
        Trait.EASED_BY_HOURS,
    ),
    statement=(
        "A session of a request that names a clinician is with that clinician. A session of a request "
        "that names none, by a client with an own clinician who has all the skills that request and "
        "session type need, is with the own clinician. While that clinician is away, the clinician's "
        "named cover may have an urgent session instead: that of a client whose band is marked high "
        "acuity (if `high_acuity`) or who carries one of the `flags`, of a session type whose kind is in "
        "`kinds`, or of a request with at least the priority `priority`. All others wait. Away is who "
        "has no possible time for the session, only because of leave; leave of the kind passed is none. "
        "A possible time starts when sessions may (`start_every` of the problem, or its grid) and on a "
        "date that the request allows, and lies in one window "
        "of the client and one of the request (where they have any), in one working period, and not in "
        "time that has passed (all before the last end of leave of the kind passed, where such leave holds "
        "the week's first minute). With `anyone`, everybody may have an urgent session when no cover "
        "is named, or the cover lacks one of the skills or has no possible time free of leave. All "
        "sessions of one request are with one clinician. Sessions of groups are left out."
    ),
    amount=(
        "one for each session with a clinician who may not have it; for each request, the number of "
        "different clinicians less one"
    ),
    good="The client's weekly session is with the own clinician.",
    bad="It is with a colleague who happened to be free.",
    source="assumption: product's continuity rule; TC (cover during leave)",
    parameters=(
        Parameter(
            "kinds",
            ("crisis",),
            "kinds",
            "Session kinds that do not wait for a clinician who is away.",
            tight=((), ("therapy", "group")),
        ),
        Parameter(
            "flags",
            ("crisis_risk",),
            "flags",
            "Client flags with which a session does not wait.",
            tight=((), ("volatile",)),
        ),
        Parameter(
            "high_acuity",
            True,
            YES_OR_NO,
            "Whether sessions of clients in bands marked high acuity do not wait.",
            tight=(False,),
        ),
        Parameter(
            "priority",
            5,
            "priority",
            "Requests of this priority and above do not wait; 6: none for its priority.",
            least=1,
            most=6,
            tight=(1, 6),
        ),
        Parameter(
            "anyone",
            False,
            YES_OR_NO,
            "Whether everybody may have what is urgent where no cover is named, or the cover cannot.",
            tight=(True,),
        ),
    ),
)
