"""What encoders ask of a build that is made only when a rule needs it."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """What an encoder names in ``NEEDS`` before it may ask for it.

    `PEOPLE` also says that the rule asks something of single clinicians, so that explanations can speak of
    each of them. The others are literals that rules share: they are made before any rule is posted, so that
    no rule's constraints stand on another's.
    """

    PEOPLE = "people"
    """`Build.people`, `Build.scope`, `Build.inside`, `Build.plan_inside`."""
    USED = "used"
    """`Build.used`."""
    JOINING = "joining"
    """`Build.joining`."""
