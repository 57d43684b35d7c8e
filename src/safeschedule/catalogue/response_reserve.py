"""Statement of the rule ``response_reserve``: time kept free for unplanned response."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="response_reserve",
    title="Time kept free for unplanned response",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "Over the week the reserve blocks of at least `piece` minutes that a clinician attends "
        "add up to at least `per_client` minutes for each client with the flag volatile on the "
        "clinician's own caseload. Left out are clinicians whose working time free of leave, in "
        "pieces of at least `piece` minutes, is less than that. "
        "Where leave of the kind passed holds the week's first minute, no time before the last end of "
        "such leave is free of leave here."
    ),
    amount="for each clinician, the minutes missing",
    good="Three volatile clients, and 30 minutes of reserve on Tuesday.",
    bad="Six volatile clients, and every hour of the week is booked.",
    source="IG",
    parameters=(
        Parameter(
            "per_client",
            10,
            "minutes",
            "Weekly minutes for each volatile client of the caseload.",
            source="IG; the figure is an assumption",
            tight=(30, 0, 45),
        ),
        Parameter("piece", 15, "minutes", "Shortest block that counts.", least=1, tight=(30, 1, 45)),
    ),
)
