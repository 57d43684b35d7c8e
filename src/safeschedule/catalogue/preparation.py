"""Statement of the rule ``preparation``: time to prepare directly before a session."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="preparation",
    title="Preparation before sessions that need it",
    tier=Tier.SAFETY,
    hard=True,
    weight=1,
    traits=(Trait.EASED_BY_HOURS,),
    statement=(
        "Before a session whose type states preparation minutes, each of its clinicians has that long "
        "free, directly before it: it lies in the working period that holds the session's first minute "
        "and outside leave (wall-clock time that a clock change skips or repeats is none), and no "
        "other activity of the clinician ends in it (after its first minute "
        "and at the latest when the session starts), blocks of the kind preparation excepted; nor does "
        "it overlap the recovery that `recovery_buffer` asks for after an earlier session, while that "
        "rule is on. At the start of the day it lies inside the hours. Preparation is work and nothing "
        "else: while this rule is on, other rules take it, and any block of the kind preparation, for no "
        "gap between sessions and no pause, and for paid time that is not time with clients. Crisis "
        "sessions have their reset (see crisis_reset), and no preparation."
    ),
    amount="one for each session and clinician whose preparation is not kept",
    good="A session until 10:00, preparation 10:00-10:20, a court report session 10:20.",
    bad="A session until 10:15, a session with 20 minutes of preparation at 10:30.",
    source="AB; how long is the service's to say",
    assumes=("no_overlap", "recovery_buffer"),
)
