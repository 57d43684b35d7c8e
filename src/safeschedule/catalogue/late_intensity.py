"""Statement of the rule ``late_intensity``: high-intensity work late in the day costs."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="late_intensity",
    title="High-intensity work late in the day costs",
    tier=Tier.PREFERENCE,
    hard=False,
    weight=1,
    statement=(
        "High intensity is that of the rule daily_intensity. The last `last` minutes before the end of "
        "a clinician's last working period of a date are late. High-intensity session time there costs: "
        "each session's minutes in the late time, in units of `unit` minutes, rounded up for each "
        "session."
    ),
    amount="one for each begun `unit` of a high-intensity session in the late time",
    good="Trauma work in the morning.",
    bad="EMDR 16:00-17:00 when the day ends at 17:00.",
    source="TC (clinical judgment late in the day)",
    parameters=(
        Parameter(
            "last", 90, "minutes", "How long before the end it is late.", most=1440, tight=(0, 60, 150)
        ),
        Parameter("unit", 15, "minutes", "Unit of the amount.", least=1, tight=(10, 60)),
    ),
)
