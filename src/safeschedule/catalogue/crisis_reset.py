"""Statement of the rule ``crisis_reset``: a reset before crisis work."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="crisis_reset",
    title="A reset before crisis work",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(Trait.READ_BY_OTHERS,),
    statement=(
        "Directly before each crisis session and each urgent slot, its clinician has a reset block of "
        "at least `minutes` that ends at its start (any length from `minutes` on; back-to-back resets "
        "do not add up)."
    ),
    amount="one for each crisis session or urgent slot and clinician without it",
    good="Reset 13:45-14:00, urgent slot 14:00-14:45.",
    bad="A session until 14:00, a crisis session at 14:00.",
    source="TC",
    parameters=(
        Parameter(
            "minutes",
            15,
            "minutes",
            "Length of the reset.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(30, 10),
        ),
    ),
)
