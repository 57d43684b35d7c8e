"""Statement of the rule ``recovery_buffer``: recovery after trauma processing."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="recovery_buffer",
    title="Recovery after trauma processing",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(
        Trait.EASED_BY_HOURS,
        Trait.READ_BY_OTHERS,
    ),
    statement=(
        "After a session that needs recovery, the clinician has the buffer free at once: it lies in "
        "the working period that holds the session's last minute and outside leave (wall-clock "
        "time that a clock change skips or repeats is no working time), and no other "
        "activity of the clinician starts in it, blocks of the kind recovery excepted. The buffer is "
        "the session type's own recovery minutes where it states them, otherwise `minutes` when the "
        "type is trauma processing, otherwise nothing. At the end of the day it still lies inside the "
        "hours. Recovery is nothing else: while this rule is on, other rules take the buffer, and any "
        "block of the kind recovery, for no gap between sessions and no pause, and for paid time."
    ),
    amount="one for each session and clinician whose buffer is not kept",
    good="EMDR 10:00-11:00, recovery 11:00-11:15, next session 11:15.",
    bad="EMDR until 17:00, when the hours end.",
    source="TC",
    parameters=(
        Parameter(
            "minutes",
            15,
            "minutes",
            "Free time after trauma processing.",
            source="TC; the figure is an assumption",
            tight=(0, 10, 30),
        ),
    ),
    assumes=("no_overlap",),
)
