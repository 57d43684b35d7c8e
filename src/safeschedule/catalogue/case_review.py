"""Statement of the rule ``case_review``: a weekly review for high-acuity teams."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="case_review",
    title="A weekly review for high-acuity teams",
    tier=Tier.SAFETY,
    hard=True,
    weight=60,
    traits=(Trait.NEEDS_SUPERVISOR,),
    statement=(
        "A team is what clinicians have in their teams. It is a high-acuity team when at least "
        "`share` of the points on its members' caseloads belong to high-acuity clients "
        "(caseload and bands as in the rule supervision; a team without points is none). Its "
        "members at work are those to whom `minutes` are open in one piece, from a start on the "
        "problem's grid and rounded up to it. A high-acuity team has in the week at least one "
        "case_review block of at least `minutes` in which at least `quorum` of its members at work, "
        "rounded up, take part, and whose supervisor is a supervisor who is one of its members at "
        "work or, where no member at work is a supervisor, any clinician who is one. The supervisor "
        "takes part too. Others may attend. Left out are teams with fewer than two members at work, and "
        "teams for which there is no such start from which the time is open to a clinician who may "
        "supervise the block, to another member, and to members of that number in all. "
        "Time is open to a clinician where it lies in a working period free of leave and of meetings; where "
        "leave of the kind passed holds the week's first minute, no time before the last end of such leave "
        "is open."
    ),
    amount="one for each high-acuity team without its review",
    good=("Ten members at work, and eight of them with their supervisor on Wednesday from 9 to 10."),
    bad="The review has a quorum, but nobody who supervises is in it.",
    source="TC, CD",
    parameters=(
        Parameter(
            "minutes",
            60,
            "minutes",
            "Length of the review.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(30, 15, 45),
        ),
        Parameter(
            "quorum",
            "0.8",
            "share",
            "Share of the members at work who take part.",
            source="TC; the figure is an assumption",
            most=1,
            tight=("0.5", "1", "0"),
        ),
        Parameter(
            "share",
            "0.4",
            "share",
            "Share of points from high-acuity clients that makes a team a high-acuity team.",
            source="CD; the figure is an assumption",
            most=1,
            tight=("0", "0.75", "1"),
        ),
    ),
)
