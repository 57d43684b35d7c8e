"""Statement of the rule ``supervision``: extra supervision for new staff and high-acuity caseloads."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="supervision",
    title="Extra supervision for new staff and high-acuity caseloads",
    tier=Tier.SAFETY,
    hard=True,
    weight=60,
    traits=(Trait.NEEDS_SUPERVISOR,),
    statement=(
        "A clinician new in post needs `new_minutes` of supervision in the week; a clinician of whose "
        "caseload points at least `share` belong to high-acuity clients (bands marked high acuity; "
        "caseload: the clients whose own clinician this is) needs `high_minutes`; with both, each by itself. "
        "What meets a need is a supervision block that has this clinician as its only clinician (whoever is "
        "the supervisor of a block gets none by it), and as its supervisor the clinician's named supervisor "
        "or, where none is named, any other clinician who is a supervisor. One need is met by one such block "
        "of at least its length. Both are met by such blocks of which one is at least as long as the longer, "
        "and which, without those shorter than the shorter need, last together as long as both. Left out is "
        "a need (the longer one is looked at first) when there is never open, to the clinician and some such "
        "supervisor at the same time, one piece that holds a block of its length on the problem's grid (it "
        "begins on the grid, and its length is rounded up to it) beside one of the need before it; or when "
        "the contracted minutes, less the meetings, do not hold them. Time is open to a "
        "clinician where it lies in a working period free of leave and of meetings; where "
        "leave of the kind passed holds the week's first minute, no time before the last end of such leave "
        "is open. Who is left out is told by a notice."
    ),
    amount="one for each clinician whose needs are not met",
    good="A new social worker meets the named supervisor for 60 minutes on Thursday.",
    bad="The hour is in the calendar, but the supervisor is in a session.",
    source="TC, CD",
    parameters=(
        Parameter(
            "new_minutes",
            60,
            "minutes",
            "Weekly one-to-one for clinicians new in post.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(30, 15),
        ),
        Parameter(
            "high_minutes",
            30,
            "minutes",
            "Weekly one-to-one for a high-acuity caseload.",
            source="TC, CD; the figure is an assumption",
            least=1,
            tight=(15, 45),
        ),
        Parameter(
            "share",
            "0.4",
            "share",
            "Share of points from high-acuity clients from which it is due.",
            source="CD; the figure is an assumption",
            most=1,
            tight=("0", "0.75", "1"),
        ),
    ),
)
