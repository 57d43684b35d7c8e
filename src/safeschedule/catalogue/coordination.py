"""Statement of the rule ``coordination``: coordination time on heavy days and by caseload."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="coordination",
    title="Coordination time on heavy days and by caseload",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    statement=(
        "On each date on which a clinician has `heavy` or more sessions with clients who carry "
        "the flag coordination (groups left out), the clinician has at least one coordination "
        "block of at least `minutes` on that date. Over the week the clinician's coordination "
        "blocks add up to at least `per_client` minutes for each client with the flag on the "
        "clinician's own caseload. Left out of the sum are clinicians who have no place for it: blocks that "
        "add up to it, all of one length and at one time of day, on different dates, inside the "
        "clinician's open time and beside places for the supervision and the consultation that the rules "
        "of these names, if they are on, ask for the clinician; with these and the meetings they fit the "
        "contracted minutes. The length is `minutes`, the whole sum, or the sum shared out to the dates on "
        "which the clinician has working time free of leave (at most five); at least `minutes`, and "
        "rounded up to the problem's grid. The "
        "coordination blocks recur: those that start before midday all start at the same time of "
        "day, and those that start at or after midday all start at the same time of day. "
        "Time is open to a clinician where it lies in a working period free of leave and of meetings; where "
        "leave of the kind passed holds the week's first minute, no time before the last end of such leave "
        "is open. Who is left out is told by a notice."
    ),
    amount=(
        "for each heavy date without a block, `minutes`; the minutes missing from the week's "
        "sum; for mornings and for afternoons, the number of different starting times less one"
    ),
    good="Coordination Monday, Wednesday and Friday at 11:00.",
    bad="Four sessions with school-coordination clients on Monday and no block.",
    source="TC, IG",
    parameters=(
        Parameter(
            "heavy",
            3,
            "sessions",
            "Sessions with coordination clients that make a day heavy.",
            least=1,
            tight=(1, 2),
        ),
        Parameter("minutes", 30, "minutes", "Block on a heavy day.", least=1, tight=(15, 40)),
        Parameter(
            "per_client",
            10,
            "minutes",
            "Weekly minutes for each coordination client of the caseload.",
            tight=(0, 30),
        ),
    ),
)
