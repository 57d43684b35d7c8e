"""Statement of the rule ``urgent_access``: urgent work first."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="urgent_access",
    title="Urgent work first",
    tier=Tier.URGENT,
    hard=False,
    weight=1,
    traits=(
        Trait.GOES_BY_DATE,
        Trait.SETTLED,
    ),
    statement=(
        "Each session of an urgent request that is not in the schedule costs its value as in access, by "
        "the parameters of that rule, whether it is on or not. Urgent is a request whose priority is at "
        "least `priority`, one for a session type of a kind in `kinds`, and one of a client whose band "
        "has at least the rank `rank` and whose last contact, as in access, lies back more than the "
        "band's contact days at the week's start. A client without a known contact is not overdue."
    ),
    amount="the value of the urgent sessions left out",
    good="The client in crisis is seen, three short reviews are not.",
    bad="Three short reviews are held, and the client in crisis is left out.",
    source="TC, AB",
    parameters=(
        Parameter(
            "priority",
            5,
            "steps",
            "Least priority that is urgent; 6: none is.",
            least=1,
            most=6,
            tight=(1, 2, 3),
        ),
        Parameter(
            "rank",
            4,
            "steps",
            "Least rank of a band whose overdue clients are urgent (4 is very high); 10: none is.",
            source="AB; the figure is an assumption",
            least=1,
            most=10,
            tight=(1, 2),
        ),
        Parameter(
            "kinds",
            ("crisis",),
            "kinds",
            "Session kinds that are urgent whoever asks for them.",
            source="TC",
            tight=((), ("crisis", "therapy")),
        ),
    ),
)
