"""The figures of a run, declared as data: what each counts, in what, and which of them bounds another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class FigureKind:
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
    FigureKind("asked", "sessions", "Sessions that are asked for, each client's visit to a group counted."),
    FigureKind(
        "lost", "sessions", "Sessions that the base asks for, and the scenario cannot ask of anybody."
    ),
    FigureKind(
        "sessions", "sessions", "Sessions placed, counted alike.", bounds=("sessions", "sessions_most")
    ),
    FigureKind("sessions_most", "sessions", "The number that no schedule exceeds, as far as it is proven."),
    FigureKind("minutes", "minutes", "Minutes of these sessions.", bounds=("minutes", "minutes_most")),
    FigureKind("minutes_most", "minutes", "What these cannot exceed, as far as it is proven."),
    FigureKind(
        "expected",
        "sessions",
        "Sessions that may be expected to take place, by attendance; a group's is one.",
        whole=False,
    ),
    FigureKind("urgent_value", "value", "What the tier of urgent work is worth, by the base's rules."),
    FigureKind("urgent_most", "value", "What it cannot exceed."),
    FigureKind(
        "access_value",
        "value",
        "What the tier of the rule access is worth, by the base's rules: sessions placed by acuity, "
        "waiting and overdue contact, less what the tier's other rules charge.",
        bounds=("access_least", "access_most"),
    ),
    FigureKind(
        "access_least",
        "value",
        "What the best schedule has at least: the same, where stronger tiers are at their best.",
    ),
    FigureKind("access_most", "value", "What no schedule exceeds that has as much of the stronger tiers."),
    FigureKind("high_minutes", "minutes", "Exposure: minutes of the team in sessions of high intensity."),
    FigureKind("high_minutes_most", "minutes", "What it cannot exceed, as far as it is proven."),
    FigureKind(
        "peak_minutes", "minutes", "Exposure of the clinician with the most minutes of high intensity."
    ),
    FigureKind(
        "peak_minutes_most", "minutes", "What no clinician's exposure can exceed, as far as it is proven."
    ),
    FigureKind(
        "peak_per_fte", "minutes", "The largest exposure of a clinician by full-time equivalent.", whole=False
    ),
    FigureKind("broken", "findings", "In how many ways the schedule breaks hard rules of the base."),
    FigureKind("protected_minutes", "minutes", "Minutes of protected blocks, of all clinicians together."),
    FigureKind("waiting", "clients", "New clients who wait and are not seen in the week."),
    FigureKind("new_seen", "clients", "New clients who are seen in it."),
    FigureKind("wait_weeks", "weeks", "Weeks until all who wait are seen, at this pace.", whole=False),
    FigureKind("clinicians", "clinicians", "How many there are."),
    FigureKind("fte", "full-time equivalents", "What they add up to.", whole=False),
    FigureKind("gap", "share", "The distance to the proven bound, of all tiers together.", whole=False),
)

FIGURES: Mapping[str, FigureKind] = MappingProxyType({figure.name: figure for figure in _ALL})
"""Every figure, by name."""

BOUNDED: tuple[str, ...] = tuple(figure.name for figure in _ALL if figure.bounds is not None)
"""Those of which bounds say what the best schedule has."""
