"""Areas with the look of what they show, many at once: a picture stays small however much is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from safeschedule.plots.palette import LOOKS, PlotLook

Rect = tuple[float, float, float, float]
"""Left, top, width and height."""

_EDGE = 0.9


def paint(axes: Axes, look: str, areas: Sequence[Rect], *, bar: float = 0.0) -> None:
    """Paint areas that look alike.

    Parameters
    ----------
    axes
        Where.
    look
        One of `LOOKS`.
    areas
        Rectangles.
    bar
        How wide the thick bars at the left of sessions are; 0: none are.
    """
    if not areas:
        return
    style = LOOKS[look]
    path = _path(areas)
    border = {"edgecolor": style.edge, "linewidth": _EDGE, "linestyle": style.dashes}
    if style.hatch:
        # A hatching has the colour of its border: so it is painted with one of its own, which has no width.
        axes.add_patch(
            PathPatch(path, facecolor=style.fill, edgecolor=style.hatched, hatch=style.hatch, linewidth=0)
        )
        axes.add_patch(PathPatch(path, facecolor="none", **border))
    else:
        axes.add_patch(PathPatch(path, facecolor=style.fill, **border))
    for number in range(style.bars if bar else 0):
        bars = [(x + 2 * number * bar, y, min(bar, wide), high) for x, y, wide, high in areas]
        axes.add_patch(PathPatch(_path(bars), facecolor=style.edge, linewidth=0))


def ground(axes: Axes, areas: Sequence[Rect], colour: str) -> None:
    """Paint plain areas behind everything."""
    if areas:
        axes.add_patch(PathPatch(_path(areas), facecolor=colour, linewidth=0, zorder=0))


def sample(look: str) -> Any:
    """Return what stands for a look in a legend."""
    style: PlotLook = LOOKS[look]
    return (
        Patch(facecolor=style.fill, edgecolor=style.hatched, hatch=style.hatch, linewidth=0),
        Patch(facecolor="none", edgecolor=style.edge, linewidth=_EDGE, linestyle=style.dashes),
    )


def _path(areas: Iterable[Rect]) -> Path:
    corners: list[tuple[float, float]] = []
    codes: list[Any] = []
    for x, y, wide, high in areas:
        corners += [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
        codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path(corners, codes)
