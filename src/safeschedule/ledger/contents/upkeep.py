"""What is said about the ledger itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from safeschedule.ledger.contents.parts import Number, Said
from safeschedule.problem.entity import Entity

Days = Annotated[int, Field(ge=1, le=92, strict=True)]
"""A number of days, at most a quarter."""


class PolicySet(Entity):
    """How long overrides may last, and how soon leadership decides; the figures are assumptions.

    Parameters
    ----------
    override_days
        The most days from the date of an override to its last date.
    safety_days
        The same for rules of the tier safety.
    decision_days
        In so many days after a capacity exception is opened, leadership decides about it.
    """

    kind: Literal["policy_set"] = "policy_set"
    override_days: Days = 28
    safety_days: Days = 14
    decision_days: Days = 5


class Correction(Entity):
    """What is wrong in an earlier entry, which stays as it is.

    Parameters
    ----------
    entry
        The number of the entry.
    correct
        What is right.
    withdraws
        Whether the entry counts no longer: an override that is withdrawn is in force no more.
    """

    kind: Literal["correction"] = "correction"
    entry: Number
    correct: Said
    withdraws: bool = False
