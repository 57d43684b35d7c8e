"""Statement of the rule ``before_leave``: no extra clients or sessions and no intakes before leave."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="before_leave",
    title="No extra clients or sessions and no intakes before leave",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "Leave of the kinds sick and passed, of which nobody knows beforehand, is left aside in "
        "all that follows. "
        "Leaves of one clinician that overlap, touch, or have no working time of the clinician "
        "between them are one. A leave is long when it overlaps the clinician's working periods "
        "on at least `length` dates (working periods recur every week; clock changes are left "
        "aside). The days before a long leave begin with the earliest of the last `days` dates "
        "before the date on which the leave starts on which the clinician has working time free "
        "of leave (among the 14 dates before; without any, with the date on which the leave "
        "starts), and end when the leave starts. No session that starts in them, with this "
        "clinician, is of the kind intake, or has a client whose own clinician is somebody else "
        "or nobody, or is an extra one of an own client. It is extra when its request neither is standing "
        "nor is asked for again (`every`), and an earlier session of the week, with this clinician and "
        "client, serves another request. Sessions of groups, and those of the kinds in `exempt`, are left "
        "out, also as earlier ones."
    ),
    amount="one for each session and clinician",
    good=(
        "Leave from Monday for two weeks: on Thursday and Friday only own clients, as ever, and no intake."
    ),
    bad="An intake, or a second session squeezed in, on the Friday before a fortnight's leave.",
    source="TC",
    parameters=(
        Parameter(
            "days",
            2,
            "dates",
            "Working dates before the leave.",
            source="TC; the figure is an assumption",
            most=14,
            tight=(0, 1, 3),
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
        Parameter(
            "exempt",
            ("crisis",),
            "kinds",
            "Session kinds that are left out.",
            tight=((), ("crisis", "therapy")),
        ),
    ),
)
