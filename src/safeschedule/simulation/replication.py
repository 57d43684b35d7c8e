"""What comes of one replication of one policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeschedule.errors import Fault
from safeschedule.returned import Returned


@dataclass(frozen=True)
class Replication(Returned):
    """What came of one replication of one policy.

    Parameters
    ----------
    policy, number
        Which; replications count from 0, and those of one number have random numbers in common.
    key
        The hash of all that decides the result.
    weeks
        The counts of each week, warm-up included, by name; see `WEEK_FIGURES`.
    figures
        Of the weeks after the warm-up, by name; see `RUN_FIGURES`.
    measures
        The balanced measures of the same weeks that are known, by name.
    faults
        Why there are none.
    """

    policy: str
    number: int
    key: str = ""
    weeks: tuple[Mapping[str, int | float], ...] = ()
    figures: Mapping[str, float] | None = None
    measures: Mapping[str, float] | None = None
    faults: tuple[Fault, ...] = ()
