"""Statement of the rule ``rest``: rest between two working days."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="rest",
    title="Rest between two working days",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "From the end of each activity of a clinician to the start of each one of a later working day there "
        "are at least `hours` hours. Break blocks do not count. Recovery (the buffer that `recovery_buffer` "
        "asks for, while that rule is on) goes on after its session. Sessions of the history count as well, "
        "and of two that are both meetings, or of the history, nothing is asked: they are given. A working "
        "day is named by the date on which it begins. The last working periods of a date that are nowhere "
        "`apart` hours apart are its evening. The first ones of the next date belong to the date before, "
        "one after the other, as long as less than `apart` hours lie between each and the one before it "
        "(for the first one: the evening's end), and as long as they end within 24 hours of the evening's "
        "start. That working day then goes on until `apart` hours after the last of these, or until the "
        "next working period of that date begins, if this is sooner. All other time belongs to the working "
        "day of its own date. A date on which the service is closed has no working periods. Each rule that "
        "speaks of a day of a clinician means the working day, and `apart` holds for all of them, whether "
        "this rule is on or not."
    ),
    amount="one for each working day that begins too soon",
    good="Sessions until 20:00, the next session at 08:00.",
    bad="Sessions until 21:00, the next session at 07:00.",
    source="Directive 2003/88/EC (working time), articles 2 and 3",
    parameters=(
        Parameter(
            "hours", 11, "hours", "Least rest between two working days.", least=1, most=23, tight=(14, 16)
        ),
        Parameter(
            "apart",
            6,
            "hours",
            "A rest of so many hours ends a working day.",
            least=1,
            most=12,
            tight=(2, 10),
        ),
    ),
    assumes=("no_overlap", "recovery_buffer"),
)
