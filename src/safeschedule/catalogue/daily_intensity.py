"""Statement of the rule ``daily_intensity``: at most so many high-intensity sessions a day."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="daily_intensity",
    title="At most so many high-intensity sessions a day",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(
        Trait.COUNTS_SESSIONS,
        Trait.EASED_BY_HOURS,
    ),
    statement=(
        "A session is of high intensity when its type is, or when one of its clients carries one of the "
        "`flags` and its type's kind is not in `exempt`. For a session of a group, whoever has "
        "requested the group this week counts among its clients, there or not. All rules that speak of "
        "high intensity mean this, whether this rule is on or not. An urgent slot counts as one here "
        "and in rolling_exposure when the crisis session that it is held for (see urgent_slots) is of "
        "high intensity. On each date a clinician has at most `most` high-intensity sessions."
    ),
    amount="for each clinician and date, the sessions over `most`",
    good="Four high-intensity sessions on Monday.",
    bad="Five.",
    source="TC (high acuity: crisis risk, active trauma processing)",
    parameters=(
        Parameter(
            "most",
            4,
            "sessions",
            "High-intensity sessions a day.",
            source="TC; the figure is an assumption",
            tight=(0, 1, 2),
        ),
        Parameter(
            "flags",
            ("crisis_risk", "trauma_processing"),
            "flags",
            "Client flags with which a session of any type is of high intensity.",
            source="TC",
            tight=((), ("volatile",)),
        ),
        Parameter(
            "exempt",
            ("medication",),
            "kinds",
            "Session kinds whose intensity is their type's alone.",
            tight=((), ("therapy", "group")),
        ),
    ),
)
