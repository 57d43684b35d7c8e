"""Statement of the rule ``intake_spacing``: no back-to-back intakes."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="intake_spacing",
    title="No back-to-back intakes",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(Trait.EASED_BY_HOURS,),
    statement=(
        "Between an intake of a clinician and the clinician's next intake on the same date there are "
        "at least `gap` minutes, buffers left out, or another activity starts between them: a session, "
        "a meeting, or a block of any kind but recovery, preparation and reset. Buffers are the recovery "
        "that `recovery_buffer` asks for after the first, the preparation that `preparation` asks for "
        "before the second, while these rules are on, and any block of the kinds recovery and preparation."
    ),
    amount="one for each pair too close",
    good="Intake, documentation, intake.",
    bad="Intake 09:00-10:00 and intake 10:15-11:15 with nothing between.",
    source="TC",
    parameters=(
        Parameter(
            "gap", 30, "minutes", "Least gap between intakes with nothing between.", least=1, tight=(15, 60)
        ),
    ),
    assumes=("no_overlap", "recovery_buffer", "preparation"),
)
