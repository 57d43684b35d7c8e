"""Statement of the rule ``group_support``: preparation and documentation around each group."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="group_support",
    title="Preparation and documentation around each group",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "For each session whose type is of the kind group, and each of its clinicians: the "
        "clinician attends a group_preparation block of at least `before` minutes on the same "
        "date that ends at or before the session's start and at most `within` minutes before "
        "it (unless the type states preparation minutes of its own, for which the rule preparation asks); "
        "and a documentation block of at least `after` minutes on the same date that starts "
        "at or after the session's end and at most `within` minutes after it. It is the group's: the "
        "rule documentation asks for it in its sum as the session's own share. Where `before` or "
        "`after` is 0, that block is not asked for."
    ),
    amount=(
        "for each session and clinician, `before` where the preparation is missing, and `after` "
        "where the documentation is missing"
    ),
    good=(
        "A group from 10:00 to 11:30, prepared from 9:45, documented from 11:30 to 12:00, by "
        "both facilitators."
    ),
    bad=("The second facilitator goes from the group straight into a session, and documents at 16:00."),
    source="TC",
    parameters=(
        Parameter(
            "before",
            15,
            "minutes",
            "Preparation of each facilitator.",
            source="TC; the figure is an assumption",
            tight=(30, 0),
        ),
        Parameter(
            "after",
            30,
            "minutes",
            "Documentation of each facilitator; the rule documentation has a figure of its own, `group`.",
            source="TC; the figure is an assumption",
            tight=(15, 0, 45),
        ),
        Parameter(
            "within", 30, "minutes", "Most minutes between these blocks and the session.", tight=(0, 15, 60)
        ),
    ),
)
