"""Statement of the rule ``pinned``: what is pinned stays."""

from __future__ import annotations

from safeschedule.catalogue.rule import Rule
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

RULE = Rule(
    id="pinned",
    title="What is pinned stays",
    tier=Tier.PHYSICAL,
    hard=True,
    weight=1,
    traits=(
        Trait.GIVEN,
        Trait.SETTLED,
    ),
    statement=(
        "Every pinned appointment of the problem is in the schedule: the same request, clinician "
        "and start, and the same mode, room and attendants where the pin names them. Every pinned "
        "session of a group is in the schedule: the same group, start and clinicians, with all "
        "clients whom the pin names, and with just the attendants whom it names, if any. Every "
        "pinned block is in the schedule: the same kind, start, minutes, clinicians, supervisor "
        "and site."
    ),
    amount="one for each pin not kept",
    good="A court appointment pinned to Tuesday 10:00 is there.",
    bad="It was moved to Tuesday 11:00.",
    source="assumption: the team's own decision",
)
