"""Statement of the rule ``session_limits``: sessions a day and a week."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="session_limits",
    title="Sessions a day and a week",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(
        Trait.COUNTS_SESSIONS,
        Trait.EASED_BY_HOURS,
        Trait.READ_BY_OTHERS,
    ),
    statement=(
        "A session counts 1, a session whose type is of the kind group counts `group`. An urgent slot "
        "counts 1 for its clinician, because a session is to fit into it. On each date a clinician's "
        "sessions count at most `day`, or the clinician's own daily limit where stated. In the week "
        "they count at most `week` times the FTE rounded down, or the clinician's own weekly limit "
        "where stated."
    ),
    amount="for each clinician and date, and for each clinician and week, the count over",
    good="Six sessions on Monday.",
    bad="Five sessions and a group on Monday.",
    source="TC",
    parameters=(
        Parameter(
            "day",
            6,
            "sessions",
            "Most sessions a day.",
            source="TC; the figure is an assumption",
            tight=(1, 2, 3),
        ),
        Parameter(
            "week",
            25,
            "sessions",
            "Most sessions a week at full time.",
            source="TC; the figure is an assumption",
            most=2_016,
            tight=(1, 2, 4),
        ),
        Parameter(
            "group",
            2,
            "sessions",
            "What a group counts.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(1, 3),
        ),
    ),
)
