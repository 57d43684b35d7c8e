"""Statement of the rule ``fair_load``: exposure and new clients are spread evenly."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="fair_load",
    title="Exposure is spread evenly",
    tier=Tier.FAIRNESS,
    hard=False,
    weight=1,
    statement=(
        "What the week brings is spread over everybody by FTE. For each clinician there are limits of "
        "`step` minutes, twice, three times as many and so on, times the FTE and rounded up to whole "
        "minutes. The minutes of the clinician's high-intensity sessions of the week above a limit "
        "count once for each limit below them, so that each further step weighs more than the one "
        "before. New clients, as in caseload_cap, likewise: the points that they add to the caseload "
        "count once for each limit below them, where the limits are the lightest caseload of the "
        "team, plus `points` points, plus twice, three times as many and so on, times the FTE and "
        "rounded up to hundredths. The lightest caseload is the least of everybody's points (without "
        "new clients) divided by the FTE, rounded down to hundredths. High intensity is that of the "
        "rule daily_intensity. A point is worth `minutes_per_point` minutes; 0 leaves points out. "
        "Points are reckoned with the parameters of the rule caseload_cap, whether that rule is on or "
        "not."
    ),
    amount=(
        "for each clinician the minutes that count and those that the points that count are worth, "
        "together in quarters of an hour, rounded up"
    ),
    good="Nine intakes go two, two, two, two and one to five clinicians.",
    bad="Nine intakes go six and three to two of five clinicians.",
    source="AB, CD; the steps are an assumption",
    parameters=(
        Parameter(
            "step", 60, "minutes", "Minutes at full time between two limits.", least=15, tight=(15, 30)
        ),
        Parameter("points", 2, "points", "Points at full time between two limits.", least=1, tight=(1,)),
        Parameter(
            "minutes_per_point", 15, "minutes", "How many minutes a point is worth.", tight=(0, 1, 240)
        ),
    ),
)
