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
        "buffers left out, and no session of lower intensity, no meeting and no block of a kind other "
        "than recovery, preparation, reset and urgent slot starts between them. Buffers are the recovery "
        "that `recovery_buffer` asks for after the first, the preparation that `preparation` asks for "
        "before the second, while these rules are on, and any block of the kinds recovery and preparation."
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
    assumes=("no_overlap", "recovery_buffer", "preparation"),
)
