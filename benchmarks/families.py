"""The families of benchmark weeks: how large, how difficult, and what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass

SEEDS = (1, 2, 3)
"""Of the generator: the stored instances of each family."""


@dataclass(frozen=True)
class Family:
    """Weeks of one size and kind.

    Parameters
    ----------
    name
        ``clinic-10`` and the like.
    clinicians
        How many.
    profile
        Of `safeschedule.samples.generate`.
    seconds
        Time limit when none is given: that of the target, where there is one.
    gap
        The target: largest median gap after that time, as a fraction; ``None``: no target.
    features
        What its teams have besides, of `safeschedule.samples.FEATURES`.
    """

    name: str
    clinicians: int
    profile: str
    seconds: float
    gap: float | None = None
    features: tuple[str, ...] = ()


def _clinic(clinicians: int, seconds: float, gap: float) -> Family:
    return Family(f"clinic-{clinicians}", clinicians, "community", seconds, gap)


def _programmes(clinicians: int, seconds: float, gap: float) -> Family:
    return Family(f"programmes-{clinicians}", clinicians, "programmes", seconds, gap)


FAMILIES = {
    family.name: family
    for family in (
        _clinic(5, 2, 0.0),
        _clinic(10, 5, 0.0001),
        _clinic(20, 15, 0.0005),
        _clinic(30, 30, 0.001),
        _clinic(50, 45, 0.0025),
        _clinic(100, 90, 0.005),
        _clinic(200, 240, 0.01),
        _clinic(500, 720, 0.015),
        _programmes(5, 2, 0.0),
        _programmes(10, 5, 0.0001),
        _programmes(20, 15, 0.0005),
        _programmes(30, 30, 0.001),
        _programmes(50, 45, 0.0025),
        _programmes(100, 90, 0.005),
        _programmes(200, 240, 0.01),
        Family("over-demand-20", 20, "over_demand", 15),
        Family("scarce-rooms-20", 20, "few_rooms", 15),
        Family("restricted-20", 20, "restricted_clients", 15),
        Family("trauma-20", 20, "trauma", 15),
        Family("second-5", 5, "community", 5, features=("all",)),
        Family("second-10", 10, "community", 15, features=("all",)),
    )
}
"""Every family by name, in the order of tables."""
