"""Statement of the rule ``high_acuity_cap``: high-acuity clients per clinician."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="high_acuity_cap",
    title="High-acuity clients per clinician",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(
        Trait.COUNTS_CLIENTS,
        Trait.PERSONAL,
    ),
    statement=(
        "Clients of bands marked high acuity: new ones (without an own clinician, with at least "
        "one session with the clinician, groups left out) are at most what the cap leaves over "
        "those already on the caseload, and none when the caseload alone is at the cap or above. "
        "The cap is the clinician's own where stated, otherwise the role's entry in `clients` "
        "(or the entry default) times the FTE, rounded down."
    ),
    amount="for each clinician, the clients over",
    good="Cap 10, nine on the caseload, one new.",
    bad="Cap 10, ten on the caseload, one new.",
    source="TC, AB",
    parameters=(
        Parameter(
            "clients",
            {"default": 12},
            "clients at full time by role",
            "The cap by role.",
            tight=({"default": 1}, {"default": 0, "nurse": 2}),
        ),
    ),
)
