"""What encoders ask of a build that is made only when a rule needs it, and who may ask now."""

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


class Offers:
    """What may be asked of a build: while a rule is posted, only what its encoder says that it needs."""

    def __init__(self) -> None:
        self._only: tuple[str, frozenset[Need]] | None = None

    def only(self, rule: str, needs: frozenset[Need]) -> None:
        """Let from now on nothing be asked for but what a rule's encoder needs."""
        self._only = (rule, needs)

    def everything(self) -> None:
        """Let from now on everything be asked for."""
        self._only = None

    def require(self, need: Need) -> None:
        """Raise unless the encoder that posts now has named the need.

        Raises
        ------
        LookupError
            What hangs on its needs, such as literals that are there before any rule, would be wrong.
        """
        if self._only is not None and need not in self._only[1]:
            raise LookupError(f"The encoder of the rule {self._only[0]} has to name {need!r} in NEEDS.")
