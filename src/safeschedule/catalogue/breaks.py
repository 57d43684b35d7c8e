"""Statement of the rule ``breaks``: a meal break, and no long stretch of client-facing time."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="breaks",
    title="A meal break, and no long stretch of client-facing time",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "On each date on which a clinician has a session: either there are `meal` minutes in one "
        "piece between `from` and `to` in which the clinician is not at work (outside the working "
        "periods, or on leave), or the clinician has a break block of at least `meal` minutes wholly "
        "between `from` and `to`. And no client-facing stretch is longer than `longest`: a stretch "
        "runs from the start of a session to the end of a session of the same date, where between "
        "each session and the next less than `pause` minutes lie that are free of sessions (blocks "
        "and meetings count as free of sessions)."
    ),
    amount="one for each date without a meal break; one for each date with a stretch that is too long",
    good="Sessions 09:00-12:00, break block 12:00-12:30.",
    bad="Sessions 09:00-13:00 without a pause.",
    source="TC",
    parameters=(
        Parameter("meal", 30, "minutes", "Length of the meal break.", least=1, tight=(20, 45)),
        Parameter("from", "11:30", "clock", "The meal break begins no earlier.", tight=("10:00", "12:00")),
        Parameter("to", "14:00", "clock", "The meal break ends no later.", tight=("13:00", "15:15")),
        Parameter(
            "longest",
            180,
            "minutes",
            "Longest client-facing stretch.",
            least=1,
            most=1440,
            tight=(60, 90, 45),
        ),
        Parameter(
            "pause",
            15,
            "minutes",
            "What counts as a pause in client-facing time.",
            least=1,
            tight=(30, 1, 45),
        ),
    ),
    assumes=("no_overlap",),
)
