"""Statement of the rule ``caseload_cap``: weighted caseload points stay inside the cap."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="caseload_cap",
    title="Weighted caseload points stay inside the cap",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(
        Trait.COUNTS_CLIENTS,
        Trait.PERSONAL,
        Trait.READ_BY_OTHERS,
    ),
    statement=(
        "A client without an own clinician who has at least one session with a clinician in the "
        "schedule (sessions of groups left out) is new to this clinician and adds the client's "
        "points. New points of a clinician are at most what the cap leaves over the points of "
        "the caseload (the clients whose own clinician this is), and none when the caseload "
        "alone is at the cap or above. The cap is the clinician's own where it is stated, "
        "otherwise the role's entry in `points` (or the entry default) times the FTE. A client's "
        "points are the client's own where stated, otherwise those of the band plus "
        "`coordination` and `safety_planning` for clients with these flags. All in exact "
        "hundredths of a point; the cap is rounded down to them."
    ),
    amount="for each clinician, the hundredths of a point over",
    good="Cap 60, caseload 56, one new client of 3 points.",
    bad="Cap 60, caseload 58, one new client of 3 points.",
    source="TC, AB, CD",
    parameters=(
        Parameter(
            "points",
            {"default": "60"},
            "points at full time by role",
            "The cap by role.",
            tight=({"default": "3.5", "nurse": 2}, {"default": 1}),
        ),
        Parameter(
            "coordination",
            "1",
            "points",
            "Added for clients with the flag coordination.",
            source="TC",
            tight=("0.5", 0),
        ),
        Parameter(
            "safety_planning",
            "1",
            "points",
            "Added for clients with the flag safety_planning.",
            source="TC",
            tight=("0.25", 2),
        ),
    ),
)
