"""Statement of the rule ``documentation``: protected documentation time in every half-day with sessions."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="documentation",
    title="Protected documentation time in every half-day with sessions, after the work",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(
        Trait.EASED_BY_HOURS,
        Trait.READ_BY_OTHERS,
    ),
    statement=(
        "Documentation serves work that has ended. A clinician's documentation block serves a session of "
        "the same date when it starts at or after the session's end, and takes at least `shortest` minutes. "
        "A session's own share is the session type's documentation minutes where it states them, otherwise "
        "`intake`, `crisis`, `court` or `group` by the type's kind, otherwise nothing; each clinician of a "
        "group's session has it. A session over midday belongs to the half-day in which it starts. An urgent "
        "slot counts as a session whose share is that of the crisis session it is held for (see "
        "urgent_slots), so that there is time to write up whoever comes. "
        "For each clinician, date and session: the blocks that serve it add up to at least `closing` "
        "minutes, and to at least the shares of all sessions of the date that end with it or later and "
        "`minutes` more for each half-day with sessions of which none has ended before it. "
        "In a morning with sessions, blocks that serve its first session and start no later than `grace` "
        "minutes after midday (or at the session's end, if that is later) add up to at least `minutes`."
    ),
    amount=(
        "for each date, the minutes missing after the session after which most are missing; for each "
        "morning, the minutes missing by `grace` after midday"
    ),
    good=(
        "Three sessions in the morning, one of them an intake, 15 minutes of documentation after the "
        "first and 30 after the last."
    ),
    bad="Documentation from 9:00 to 9:30, and then sessions until the end of the day.",
    source="TC, CD",
    parameters=(
        Parameter(
            "minutes",
            30,
            "minutes",
            "Documentation for each half-day with sessions.",
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
        Parameter(
            "group",
            30,
            "minutes",
            "Extra for each session of a group, for each of its clinicians.",
            source="TC; the figure is an assumption",
            tight=(0, 15),
        ),
        Parameter("closing", 15, "minutes", "Documentation after the last session of a date.", tight=(0, 30)),
        Parameter("grace", 60, "minutes", "How long after midday the morning's may start.", tight=(0, 180)),
        Parameter("shortest", 10, "minutes", "Blocks shorter than this serve nothing.", tight=(0, 30)),
    ),
    assumes=("no_overlap",),
)
