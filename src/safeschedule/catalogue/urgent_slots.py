"""Statement of the rule ``urgent_slots``: urgent slots held open every day."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="urgent_slots",
    title="Urgent slots held open every day",
    tier=Tier.SERVICE,
    hard=True,
    weight=60,
    statement=(
        "An urgent slot is an urgent_slot block of at least `minutes` with exactly one clinician. "
        "Each date needs as many as there are clinicians with working time free of leave on that "
        "date, divided by `clinicians`, rounded up. No clinician has more than one on a date. In the "
        "week no clinician has more than the week's need divided by the clinicians who have working "
        "time free of leave in the week, rounded up, plus one. On a date that needs two or more, at "
        "least one starts before midday and at least one at or after midday."
    ),
    amount=(
        "for each date, the slots missing; for each clinician and date, the slots over one; for each "
        "clinician, the slots over the week's share; one for each date and half without its slot"
    ),
    good="Eight clinicians: one slot every day, by different people.",
    bad="All five slots of the week with one clinician.",
    source="TC",
    parameters=(
        Parameter(
            "clinicians",
            8,
            "clinicians",
            "One slot for so many clinicians at work.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(1, 2),
        ),
        Parameter(
            "minutes",
            45,
            "minutes",
            "Length of the slot.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(30, 15),
        ),
    ),
)
