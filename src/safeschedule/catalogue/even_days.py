"""Statement of the rule ``even_days``: sessions are spread over the days of the week."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="even_days",
    title="Sessions are spread over the days of the week",
    tier=Tier.PREFERENCE,
    hard=False,
    weight=4,
    statement=(
        "Of each clinician those dates are compared on which working hours free of leave last `full` minutes "
        "or longer, together. A session counts on the date on which it starts, for each of its clinicians. "
        "The lightest of these dates is one with the fewest sessions. On each of them the sessions "
        "beyond the lightest's and `slack` more count. With fewer than two such dates nothing counts."
    ),
    amount="for each clinician and compared date, the sessions beyond the lightest date's and `slack`",
    good="Four, three, five, four and three sessions.",
    bad="Three, one, six, three and six.",
    source="TC (pacing over the week); the figures are assumptions",
    parameters=(
        Parameter(
            "full",
            300,
            "minutes",
            "Working time from which a date is compared.",
            least=1,
            most=1440,
            tight=(60, 180),
        ),
        Parameter(
            "slack", 2, "sessions", "How many more than the lightest date count for nothing.", tight=(0, 1)
        ),
    ),
)
