"""Statement of the rule ``breaks``: meal breaks by the length of the day, and real pauses."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="breaks",
    title="Meal breaks by the length of the day, and real pauses",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "Judged on each date on which a clinician has a session. The working day runs from the first "
        "to the last minute at work (inside the working periods and not on leave). Where that is `day` "
        "minutes or longer, it holds meal breaks: each a break block of at least `meal` minutes that "
        "lies wholly at work, in one piece, or at least `meal` minutes off duty, in one piece between "
        "the first and the last minute at work. No stretch from the start of the day to a meal break, "
        "from one to the next, or from the last to the end of the day is longer than `meal_stretch`. "
        "And between two pauses there are at most `work_stretch` minutes at work, from the first start "
        "to the last end, and in these at most `longest` minutes with clients. A pause is at least "
        "`pause` minutes in one piece without any activity but break blocks, and without buffers. "
        "Sessions and urgent slots are time with clients; all other activities, and buffers (the recovery "
        "that `recovery_buffer` and the preparation that `preparation` asks for, while these rules are on), "
        "are work and no pause. A meeting longer than `work_stretch` is taken to have breaks of its own, "
        "and counts as free."
    ),
    amount=(
        "one for each date without the meal breaks, one for each date with too long a stretch at work, and "
        "one for each date with too much time with clients in a stretch"
    ),
    good="Hours 12:00-20:00: sessions 12:00-15:00, documentation until 16:00, break block 16:00-16:30.",
    bad="Sessions 09:00-11:00, a reset and an urgent slot until 12:00, a session 12:00-13:00.",
    source="TC; the figures are assumptions",
    parameters=(
        Parameter("meal", 30, "minutes", "Length of a meal break.", least=1, tight=(20, 45)),
        Parameter(
            "day",
            360,
            "minutes",
            "A working day of this length or more needs a meal break.",
            least=1,
            most=1440,
            tight=(240, 120),
        ),
        Parameter(
            "meal_stretch",
            300,
            "minutes",
            "Longest time from the start of the day to a meal break, between two, and to its end.",
            least=1,
            most=1440,
            tight=(240, 180),
        ),
        Parameter(
            "longest",
            180,
            "minutes",
            "Most time with clients between two pauses.",
            least=1,
            most=1440,
            tight=(60, 90, 45),
        ),
        Parameter(
            "work_stretch",
            240,
            "minutes",
            "Longest time at work between two pauses.",
            least=1,
            most=1440,
            tight=(120, 90),
        ),
        Parameter("pause", 15, "minutes", "What counts as a pause.", least=1, tight=(30, 1, 45)),
    ),
    retired=(
        ("from", "meal_stretch, how long it may be from the start of the day to a meal break"),
        ("to", "meal_stretch, how long it may be from a meal break to the end of the day"),
    ),
    assumes=("no_overlap", "recovery_buffer", "preparation"),
)
