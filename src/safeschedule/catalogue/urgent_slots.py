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
        "The crisis session is the longest session type of the kind crisis for one client and one "
        "clinician (of several the first); without one it is of high intensity and takes `minutes`. An "
        "urgent slot is an urgent_slot block of at least `minutes`, and of at least the crisis session's "
        "minutes and the recovery that recovery_buffer asks for after it, with exactly one clinician, "
        "who may hold it: not new in post, with the crisis session's skills, and without an own daily or "
        "weekly limit of 0 sessions. Such a clinician can hold one in a half of a date where a piece of "
        "working time free of leave has a start in that half (a multiple of `start_every`, where the "
        "problem states it) that leaves the minutes of crisis_reset "
        "before it and, after the slot, those of documentation for a half-day and for the crisis "
        "session. Parameters of other rules hold whether these are on or not. Each date needs as many "
        "slots as there are clinicians with working time free of leave on that date, divided by "
        "`clinicians`, rounded up, but no more than clinicians who can hold one on it. No clinician has "
        "more than one on a date. In the week no clinician has more than a fair share, rounded down, "
        "plus `more`; the share is, summed over the dates on which the clinician can hold one, the "
        "date's need divided by those who can. On a date that needs two or more, each half in which "
        "somebody can hold one has one that starts in it (the second begins at midday). Of the week's "
        "need, the share `half`, rounded down, starts in the morning, and as much in the afternoon; "
        "but no more than there are dates with a need on which somebody can hold one in that half."
    ),
    amount=(
        "for each date, the slots missing; for each clinician and date, the slots over one; for each "
        "clinician, the slots over the most; one for each date and half without its slot; for each half, "
        "the slots missing over the week"
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
            "Least length of the slot.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(30, 15),
        ),
        Parameter(
            "more",
            1,
            "sessions",
            "Slots that one clinician may have beyond the fair share.",
            least=1,
            tight=(2,),
        ),
        Parameter(
            "half",
            "0.4",
            "share",
            "Share of the week's slots that starts in each half of the day.",
            most=1,
            tight=("0", "0.5"),
        ),
    ),
)
