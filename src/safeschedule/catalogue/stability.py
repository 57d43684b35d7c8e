"""Statement of the rule ``stability``: a standing appointment keeps last week's time."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="stability",
    title="A standing appointment keeps last week's time",
    tier=Tier.PREFERENCE,
    hard=False,
    weight=3,
    statement=(
        "A request with a standing time (such a request has one session) should have its session at "
        "that weekday and time. A session on another weekday costs `day`, one on the same weekday at "
        "another time costs `time`. A session that is not scheduled costs nothing here."
    ),
    amount="`time` or `day` for each session not at its standing time",
    good="Tuesday 10:00 as last week.",
    bad="Thursday instead.",
    source="TC",
    parameters=(
        Parameter("time", 1, "units", "Cost of another time on the same weekday.", tight=(0, 3)),
        Parameter("day", 2, "units", "Cost of another weekday.", tight=(0, 5)),
    ),
)
