"""Statement of the rule ``rolling_exposure``: high-intensity time over any five working days."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="rolling_exposure",
    title="High-intensity time over any five working days",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(Trait.EASED_BY_HOURS,),
    statement=(
        "A clinician's regular dates are those whose weekday has a working period, leave or not. For "
        "each regular date of the week, the time looked at reaches from the fifth-last regular date, "
        "that date itself included, up to that date, all dates between included, but no further back "
        "than the seven dates before the week. The minutes of the clinician's high-intensity sessions "
        "of the week that start in it are at most what the high-intensity appointments of the history "
        "with this clinician that start in it leave of `minutes`, and none where they leave nothing. "
        "Appointments of the history with one clinician and one start are one (a group), and the "
        "longest counts. A session of the week is of high intensity as in the rule daily_intensity, and "
        "an urgent slot counts as it says there; the history says itself what was."
    ),
    amount="for each clinician and regular date of the week, the minutes over",
    good="Twelve hours last week from Wednesday on, and three on Monday.",
    bad="Nine hours from Thursday to Friday last week, and seven on Monday and Tuesday.",
    source="TC, IG",
    parameters=(
        Parameter(
            "minutes",
            900,
            "minutes",
            "Most high-intensity minutes over five working days.",
            source="TC; the figure is an assumption",
            most=7_200,
            tight=(60, 0, 120, 240),
        ),
    ),
)
