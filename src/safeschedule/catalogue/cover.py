"""Statement of the rule ``cover``: a cover for clinicians on leave, with room for urgent matters."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="cover",
    title="A cover for clinicians on leave, with room for urgent matters",
    tier=Tier.SERVICE,
    hard=False,
    weight=1000,
    statement=(
        "A clinician is absent on a date of the week that has working periods of the clinician "
        "of which no minute is free of leave (clock changes are left aside). The clinician's "
        "cover takes it when one is named who has the same role or is a supervisor, and who has "
        "a working period of at least `minutes` free of leave in one piece on that date. Who "
        "takes the cover of clinicians who are absent on a date attends on that date, for each "
        "of them, a cover block of at least `minutes` of its own."
    ),
    amount=(
        "one for each clinician and date of absence that no cover takes; for each cover and "
        "date, the blocks missing"
    ),
    good=(
        "A is away on Monday and Tuesday; B, of the same role, has half an hour of cover on each of the two."
    ),
    bad="A is away all week, and the file says who covers, but B is fully booked.",
    source="TC",
    parameters=(
        Parameter(
            "minutes",
            30,
            "minutes",
            "Room for urgent matters, for each absent clinician a day.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(15, 45),
        ),
    ),
)
