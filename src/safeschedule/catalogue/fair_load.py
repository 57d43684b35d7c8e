"""Statement of the rule ``fair_load``: exposure is spread evenly."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="fair_load",
    title="Exposure is spread evenly",
    tier=Tier.SERVICE,
    hard=False,
    weight=1,
    statement=(
        "Two peaks are kept low. M: each clinician's minutes of high-intensity sessions in the week "
        "divided by the FTE, rounded up to whole minutes; the largest of the team. P: each clinician's "
        "caseload points, new clients included as in caseload_cap, divided by the FTE, rounded up to "
        "whole points; the largest of the team. High intensity is that of the rule daily_intensity. "
        "Points are reckoned with the parameters of the rule caseload_cap, whether that rule is on or "
        "not."
    ),
    amount="M plus `minutes_per_point` times P",
    good="Everyone has about four high-intensity hours at full time.",
    bad="One clinician has ten, the others two.",
    source="AB, CD",
    parameters=(
        Parameter(
            "minutes_per_point", 10, "minutes", "How many minutes of M one point of P is worth.", tight=(0, 1)
        ),
    ),
)
