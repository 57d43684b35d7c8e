"""Statement of the rule ``coordination``: coordination time on heavy days and by caseload."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="coordination",
    title="Coordination time on heavy days and by caseload",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "On each date on which a clinician has `heavy` or more sessions with clients who carry "
        "the flag coordination (groups left out), the clinician has at least one coordination "
        "block of at least `minutes` on that date. Over the week the clinician's coordination "
        "blocks add up to at least `per_client` minutes for each client with the flag on the "
        "clinician's own caseload (left out: clinicians with no working time free of leave). The "
        "coordination blocks recur: those that start before midday all start at the same time of "
        "day, and those that start at or after midday all start at the same time of day. "
        "Where leave of the kind passed holds the week's first minute, no time before the last end of "
        "such leave is free of leave here."
    ),
    amount=(
        "for each heavy date without a block, `minutes`; the minutes missing from the week's "
        "sum; for mornings and for afternoons, the number of different starting times less one"
    ),
    good="Coordination Monday, Wednesday and Friday at 11:00.",
    bad="Four sessions with school-coordination clients on Monday and no block.",
    source="TC, IG",
    parameters=(
        Parameter(
            "heavy",
            3,
            "sessions",
            "Sessions with coordination clients that make a day heavy.",
            least=1,
            tight=(1, 2),
        ),
        Parameter("minutes", 30, "minutes", "Block on a heavy day.", least=1, tight=(15, 40)),
        Parameter(
            "per_client",
            10,
            "minutes",
            "Weekly minutes for each coordination client of the caseload.",
            tight=(0, 30),
        ),
    ),
)
