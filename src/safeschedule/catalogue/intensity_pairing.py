"""Statement of the rule ``intensity_pairing``: a high-intensity session is followed by a lower one."""

from __future__ import annotations

from safeschedule.catalogue.rule import Parameter, Rule
from safeschedule.catalogue.tier import Tier

RULE = Rule(
    id="intensity_pairing",
    title="A high-intensity session is followed by a lower one",
    tier=Tier.PREFERENCE,
    hard=False,
    weight=2,
    statement=(
        "High intensity is that of the rule daily_intensity. "
        "A high-intensity session should not be followed in a row by another. In a row: on the same "
        "date less than `gap` minutes lie between the end of the first and the start of the second, "
        "recovery left out, and no session of lower intensity, no meeting and no block of a kind other "
        "than recovery, reset and urgent slot starts between them. Recovery is the buffer that "
        "`recovery_buffer` asks for after the first, while that rule is on, and any block of the kind "
        "recovery."
    ),
    amount="one for each pair in a row",
    good="High, low, high.",
    bad="High, high.",
    source="TC",
    parameters=(
        Parameter(
            "gap",
            30,
            "minutes",
            "A gap of this length parts the two.",
            least=1,
            tight=(15, 60),
        ),
    ),
    assumes=("no_overlap", "recovery_buffer"),
)
