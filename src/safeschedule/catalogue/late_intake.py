"""Statement of the rule ``late_intake``: an intake late in the day costs."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="late_intake",
    title="Intakes are not last in the day",
    tier=Tier.PREFERENCE,
    hard=False,
    weight=4,
    statement=(
        "The last `last` minutes before the end of a clinician's last working period of a date are "
        "late. A session of the kind intake that ends in the late time, or after it, counts for each of "
        "its clinicians; one that ends in the minute when the late time begins does not. Leave moves "
        "no end. On a date without working periods nothing is late."
    ),
    amount="one for each such intake and clinician",
    good="An intake 14:00-15:00 when the day ends at 17:00: there is time if it overruns, and to write.",
    bad="An intake 16:00-17:00, after which the diary ends.",
    source="TC (clinical judgment late in the day); the figure is an assumption",
    parameters=(
        Parameter(
            "last", 60, "minutes", "How long before the end it is late.", most=1440, tight=(0, 120, 240)
        ),
    ),
)
