"""Statement of the rule ``daily_intensity``: at most so many high-intensity sessions a day."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="daily_intensity",
    title="At most so many high-intensity sessions a day",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement="On each date a clinician has at most `most` high-intensity sessions.",
    amount="for each clinician and date, the sessions over `most`",
    good="Four high-intensity sessions on Monday.",
    bad="Five.",
    source="TC",
    parameters=(
        Parameter(
            "most",
            4,
            "sessions",
            "High-intensity sessions a day.",
            source="TC; the figure is an assumption",
            tight=(0, 1, 2),
        ),
    ),
)
