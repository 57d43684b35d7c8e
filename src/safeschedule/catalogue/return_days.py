"""Statement of the rule ``return_days``: a lighter first day back."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="return_days",
    title="A lighter first day back",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "Long leaves are those of the rule before_leave, with this rule's `length`, and with leave of "
        "every kind. The first day back from a long leave is the first date, that of the leave's end "
        "included, on which the clinician has working time free of leave after the leave's end (among "
        "the 14 dates from the leave's end on; clock changes are left aside). If that is a date of the "
        "week, the clinician's sessions on it count at most `share` of the daily limit, rounded down, "
        "but at least 1. They count as in the rule session_limits (urgent slots, too), and the daily "
        "limit is the clinician's own where stated, otherwise that rule's parameter `day`; both hold "
        "whether or not that rule is on."
    ),
    amount="for each clinician and first day back, the count over",
    good="Back on Monday after two weeks: three sessions, where six are the limit.",
    bad="Back on Monday, and fully booked.",
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
