"""Statement of the rule ``return_days``: lighter first days back."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="return_days",
    title="Lighter first days back",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(Trait.COUNTS_SESSIONS,),
    statement=(
        "Long leaves are those of the rule before_leave, with this rule's `length`, and with leave of "
        "every kind. The first days back from a long leave are the first `days` dates, that of the leave's "
        "end included, on which the clinician has working time free of leave after the leave's end (among "
        "the 14 dates from the leave's end on; clock changes are left aside). On each of them that is a "
        "date of the week, the clinician's sessions count at most `share` of the daily limit, rounded "
        "down, but at least 1. They count as in the rule session_limits (urgent slots, too), and the daily "
        "limit is the clinician's own where stated, otherwise that rule's parameter `day`; both hold "
        "whether or not that rule is on. On each of them the clinician has at most `high` sessions of high "
        "intensity (by their type or the flags of their clients, as in daily_intensity; urgent slots "
        "count where the session that they are held for is), and at most `intakes` sessions of the kind "
        "intake."
    ),
    amount=(
        "for each clinician and first day back, the count over, the high-intensity sessions over and the "
        "intakes over"
    ),
    good="Back on Monday after two weeks: three sessions on Monday and on Tuesday, where six are the limit.",
    bad="Back on Monday, with a crisis, a client at risk and EMDR; or fully booked on Tuesday.",
    source="TC",
    parameters=(
        Parameter(
            "share",
            "0.6",
            "share",
            "Share of the daily limit.",
            source="TC; the figure is an assumption",
            most=1,
            tight=("0.25", "0", "1"),
        ),
        Parameter(
            "days",
            2,
            "dates",
            "First working dates after the leave.",
            source="TC; the figure is an assumption",
            least=1,
            most=14,
            tight=(1, 3),
        ),
        Parameter(
            "high",
            1,
            "sessions",
            "High-intensity sessions on each of them.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(2,),
        ),
        Parameter(
            "intakes",
            0,
            "sessions",
            "Intakes on each of them.",
            source="TC; the figure is an assumption",
            tight=(1,),
        ),
        Parameter(
            "length",
            3,
            "dates",
            "Working dates that make a leave long.",
            source="TC; the figure is an assumption",
            least=1,
            most=60,
            tight=(1, 2, 5),
        ),
    ),
)
