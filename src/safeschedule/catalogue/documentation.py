"""Statement of the rule ``documentation``: protected documentation time in every half-day with sessions."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="documentation",
    title="Protected documentation time in every half-day with sessions",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "In each half-day in which a clinician has at least one session, the clinician has in the same "
        "half-day at least one documentation block of at least `minutes` in one piece. On each date the "
        "clinician's documentation blocks add up to at least `minutes` for every half-day with sessions "
        "plus, for every session of that date, its extra: the session type's own documentation minutes "
        "where it states them, otherwise `intake`, `crisis` or `court` by the type's kind, otherwise "
        "nothing. A session over midday belongs to the half-day in which it starts; so does a block. An "
        "urgent slot counts as a session whose extra is that of the crisis session it is held for (see "
        "urgent_slots), so that there is time to write up whoever comes."
    ),
    amount=(
        "for each half-day without its block, `minutes`; for each date, the minutes missing from the "
        "date's sum"
    ),
    good=(
        "Three sessions in the morning, one of them an intake: a 30-minute block that morning and 15 "
        "minutes more at any time of the date."
    ),
    bad="Sessions all morning, and documentation only after the last session at 16:30.",
    source="TC, CD",
    parameters=(
        Parameter(
            "minutes",
            30,
            "minutes",
            "Documentation for each half-day with sessions, in one piece.",
            source="TC",
            least=1,
            tight=(15, 20),
        ),
        Parameter(
            "intake",
            15,
            "minutes",
            "Extra for each intake.",
            source="TC; the figure is an assumption",
            tight=(0,),
        ),
        Parameter(
            "crisis",
            15,
            "minutes",
            "Extra for each crisis session.",
            source="TC; the figure is an assumption",
            tight=(0, 20),
        ),
        Parameter(
            "court",
            30,
            "minutes",
            "Extra for each court-related session.",
            source="TC; the figure is an assumption",
            tight=(0, 10),
        ),
    ),
)
