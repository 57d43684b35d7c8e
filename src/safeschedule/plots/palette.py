"""The colours, hatchings and marks of every plot: those of the page, none of which says anything alone.

What a colour tells is told by a hatching, a border, a mark or a word as well, and colours that stand beside
each other stay apart for people who see fewer of them: a test computes how far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dashes = Literal["solid", "dashed", "dashdot", "dotted"]

PAPER = "#ffffff"
INK = "#1b1f23"
SOFT = "#51585f"
LINE = "#c9ccc8"
FAINT = "#e6e7e2"
OFF = "#ecece6"
BAD = "#8f1414"


@dataclass(frozen=True)
class PlotLook:
    """How one kind of thing is painted.

    Parameters
    ----------
    label
        What it is, for the legend.
    fill, edge
        Colours of the area and of its border.
    hatch, hatched
        Pattern of matplotlib and its colour; without a pattern the area is plain.
    dashes
        Line style of the border.
    bars
        How many thick bars stand at the left end: one for a session, two for one of high intensity.
    """

    label: str
    fill: str
    edge: str
    hatch: str = ""
    hatched: str = "#b7bbbf"
    dashes: Dashes = "solid"
    bars: int = 0


LOOKS = {
    "session": PlotLook("session", "#e4eefa", "#1f5c99", bars=1),
    "high": PlotLook("high-intensity session", "#ffe2d6", "#a8300a", bars=2),
    "write": PlotLook("documentation, preparation", "#fbf3d0", "#4d5257", "////", dashes="dashed"),
    "meet": PlotLook("supervision, consultation", "#e9e3f7", "#4d5257", "----", "#a99cc9", dashes="dashed"),
    "rest": PlotLook("break, recovery, travel", "#ffffff", "#4d5257", dashes="dotted"),
    "open": PlotLook("urgent slot, reserve, cover", "#dcf3ee", "#1d6b5c", "xxx", "#9fcdc3"),
    "meeting": PlotLook("meeting", "#dde1e5", "#51585f"),
    "leave": PlotLook("leave", "#eceef0", "#6b7177", "\\\\\\\\", "#9aa1a8"),
}
"""What a week is made of, in the order of the legend."""


@dataclass(frozen=True)
class SeriesLook:
    """How one line, or one set of points, is painted: by colour, mark and dashes together."""

    colour: str
    mark: str
    dashes: Dashes


SERIES = (
    SeriesLook("#1f5c99", "o", "solid"),
    SeriesLook("#a8300a", "s", "dashed"),
    SeriesLook("#b07d00", "^", "dashdot"),
    SeriesLook("#2a9d84", "D", "dotted"),
    SeriesLook("#8e6cc4", "v", "solid"),
    SeriesLook("#1b1f23", "P", "dashed"),
)
"""In the order in which they are used; with more lines they begin again, and the words at each line tell."""


def series(number: int) -> SeriesLook:
    """Return the look of a line by its number, from 0."""
    return SERIES[number % len(SERIES)]
