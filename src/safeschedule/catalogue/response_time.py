"""Statement of the rule ``response_time``: messages and calls are answered in time."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="response_time",
    title="Messages and calls are answered in time",
    tier=Tier.SERVICE,
    hard=False,
    weight=20,
    statement=(
        "A task belongs to the clinician whom it names, or else to the client's own clinician; one of nobody "
        "is left out. It is done in the coordination blocks that its clinician attends, and may go on in a "
        "later one: a block serves it that starts at or after the time at which it was received (the week's "
        "first minute, where that is later) and ends at or before the time by which it is to be answered. A "
        "task whose time has passed when the week begins is to be answered by the end of the week's date "
        "with the number `late`; one that is to be answered after the week is left out. For each time "
        "at which a clinician's tasks were received, and each by which they are to be answered, the "
        "blocks between the two add up to at least the minutes of the tasks that lie between them."
    ),
    amount="for each clinician, the most minutes that are missing between two such times",
    good="Three messages of ten minutes, due by Tuesday noon, and half an hour on Monday at 11:00.",
    bad="The same messages, and the first coordination block on Wednesday.",
    source="TC",
    parameters=(
        Parameter(
            "late",
            2,
            "dates",
            "By the end of which date of the week tasks are answered whose time had passed before it.",
            source="TC; the figure is an assumption",
            least=1,
            most=7,
            tight=(1, 3),
        ),
    ),
)
