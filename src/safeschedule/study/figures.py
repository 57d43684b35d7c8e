"""The figures of a run, declared as data: what each counts, in what, and which of them bounds another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Figure:
    """A figure of a run.

    Parameters
    ----------
    name
        Its name: a column of the frame of runs.
    unit
        In what it counts.
    about
        What it means.
    whole
        Whether it counts in whole numbers.
    bounds
        For what the best schedule can have: the figures that bound it from below and from above. The first
        may be the figure itself, where any schedule that is found is one that can be had.
    """

    name: str
    unit: str
    about: str
    whole: bool = True
    bounds: tuple[str, str] | None = None


_ALL = (
    Figure("asked", "sessions", "Sessions that are asked for, each client's visit to a group counted."),
    Figure("lost", "sessions", "Sessions that the base asks for, and the scenario cannot ask of anybody."),
    Figure("sessions", "sessions", "Sessions placed, counted alike.", bounds=("sessions", "sessions_most")),
    Figure("sessions_most", "sessions", "The number that no schedule exceeds, as far as it is proven."),
    Figure("minutes", "minutes", "Minutes of these sessions.", bounds=("minutes", "minutes_most")),
    Figure("minutes_most", "minutes", "What these cannot exceed, as far as it is proven."),
    Figure(
        "expected",
        "sessions",
        "Sessions that may be expected to take place, by attendance; a group's is one.",
        whole=False,
    ),
    Figure("urgent_value", "value", "What the tier of urgent work is worth, by the base's rules."),
    Figure("urgent_most", "value", "What it cannot exceed."),
    Figure(
        "access_value",
        "value",
        "What the tier of the rule access is worth, by the base's rules: sessions placed by acuity, "
        "waiting and overdue contact, less what the tier's other rules charge.",
        bounds=("access_least", "access_most"),
    ),
    Figure(
        "access_least",
        "value",
        "What the best schedule has at least: the same, where stronger tiers are at their best.",
    ),
    Figure("access_most", "value", "What no schedule exceeds that has as much of the stronger tiers."),
    Figure("high_minutes", "minutes", "Exposure: minutes of the team in sessions of high intensity."),
    Figure("high_minutes_most", "minutes", "What it cannot exceed, as far as it is proven."),
    Figure("peak_minutes", "minutes", "Exposure of the clinician with the most minutes of high intensity."),
    Figure(
        "peak_minutes_most", "minutes", "What no clinician's exposure can exceed, as far as it is proven."
    ),
    Figure(
        "peak_per_fte", "minutes", "The largest exposure of a clinician by full-time equivalent.", whole=False
    ),
    Figure("broken", "findings", "In how many ways the schedule breaks hard rules of the base."),
    Figure("protected_minutes", "minutes", "Minutes of protected blocks, of all clinicians together."),
    Figure("waiting", "clients", "New clients who wait and are not seen in the week."),
    Figure("new_seen", "clients", "New clients who are seen in it."),
    Figure("wait_weeks", "weeks", "Weeks until all who wait are seen, at this pace.", whole=False),
    Figure("clinicians", "clinicians", "How many there are."),
    Figure("fte", "full-time equivalents", "What they add up to.", whole=False),
    Figure("gap", "share", "The distance to the proven bound, of all tiers together.", whole=False),
)

FIGURES: Mapping[str, Figure] = MappingProxyType({figure.name: figure for figure in _ALL})
"""Every figure, by name."""

BOUNDED: tuple[str, ...] = tuple(figure.name for figure in _ALL if figure.bounds is not None)
"""Those of which bounds say what the best schedule has."""
