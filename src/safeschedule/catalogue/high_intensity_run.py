"""Statement of the rule ``high_intensity_run``: few high-intensity sessions in a row."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="high_intensity_run",
    title="Few high-intensity sessions in a row",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(Trait.EASED_BY_HOURS,),
    statement=(
        "High intensity is that of the rule daily_intensity. "
        "Two high-intensity sessions of a clinician on one date are in a row when less than `gap` "
        "minutes lie between the end of the first and the start of the second, buffers left out, and "
        "nothing that breaks a run starts between them. Buffers are the recovery that `recovery_buffer` "
        "asks for after the first, the preparation that `preparation` asks for before the second, while "
        "these rules are on, and any block of the kinds recovery and preparation. A run is broken by a "
        "session of lower intensity, by a meeting and by a block of any kind but recovery, preparation, "
        "reset and urgent slot. A run never has more than `most` sessions."
    ),
    amount="for each run, the sessions over `most`",
    good="High, high, documentation 30 minutes, high.",
    bad="High, high, high with 15 minutes between them; three EMDR with nothing but recovery between.",
    source="TC",
    parameters=(
        Parameter(
            "most",
            2,
            "sessions",
            "Longest run.",
            source="TC; the figure is an assumption",
            least=1,
            tight=(1,),
        ),
        Parameter(
            "gap",
            30,
            "minutes",
            "A gap of this length breaks a run.",
            least=1,
            tight=(15, 1, 60),
        ),
    ),
    assumes=("no_overlap", "recovery_buffer", "preparation"),
)
