"""What all pictures share: settings, the frame of a figure, words that are safe to draw, and files."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from safeschedule.plots.palette import FAINT, INK, LINE, PAPER, SOFT

_SETTINGS = {
    "axes.edgecolor": LINE,
    "axes.facecolor": PAPER,
    "axes.labelcolor": SOFT,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "figure.facecolor": PAPER,
    "font.family": ["sans-serif"],
    # Measured in the font that comes with matplotlib, which is wider than what a reader may have instead.
    "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica", "Liberation Sans"],
    "font.size": 8.5,
    "grid.color": FAINT,
    "hatch.linewidth": 0.6,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "pdf.fonttype": 42,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "safeschedule",
    "text.color": INK,
    # A code such as $x$ is a code, not mathematics.
    "text.parse_math": False,
    "xtick.color": SOFT,
    "xtick.labelsize": 8,
    "ytick.color": SOFT,
    "ytick.labelsize": 8,
}
_LOCK = threading.RLock()
_LONGEST = 40
"""Signs of a name that are drawn."""


@contextmanager
def settings() -> Iterator[None]:
    """Draw with our own settings, whatever a user's are, and leave these as they were."""
    # matplotlib keeps its settings in one place for the whole process: one picture at a time.
    with _LOCK, style.context(["default", _SETTINGS]), warnings.catch_warnings():
        # A sign that the font lacks is drawn as a box; its code is in the file all the same.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def plain(text: str, most: int = _LONGEST) -> str:
    """Return a text on one line, without signs that cannot be seen, and not longer than that."""
    seen = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
    return seen if len(seen) <= most else f"{seen[: most - 1]}…"


def wide(text: str, size: float) -> float:
    """Return the width of a text in inches."""
    return float(TextPath((0, 0), text, size=size).get_extents().width) / 72 if text.strip() else 0.0


def titled(figure: Figure, title: str, legend: Sequence[tuple[Any, str]], columns: int = 4) -> None:
    """Give a figure its title above and its legend below."""
    figure.suptitle(plain(title, 100), x=0.01, ha="left", fontsize=11, fontweight="bold")
    if legend:
        handles, words = zip(*legend, strict=True)
        figure.legend(
            handles,
            # A label that begins with a low line would be left out.
            [f"\u200a{plain(word)}" if word.startswith("_") else plain(word) for word in words],
            loc="outside lower left",
            ncols=min(columns, len(legend)),
            handlelength=2.6,
            columnspacing=1.6,
        )


def quiet(axes: Axes, *, along: bool = False) -> None:
    """Take away what a picture does not need: the frame, and small lines at words."""
    axes.tick_params(length=0)
    for side in ("left", "top", "right", *(() if along else ("bottom",))):
        axes.spines[side].set_visible(False)


def names(axes: Axes, texts: Sequence[str], size: float = 8.5) -> None:
    """Write the names of rows at the left, one below the other from 0."""
    axes.set_yticks(range(len(texts)), [plain(text, 28) for text in texts], color=INK, fontsize=size)
    axes.set_ylim(max(1, len(texts)) - 0.5, -0.5)


def saved(figure: Figure, form: str, dpi: int, title: str, sentence: str) -> bytes:
    """Return the file of a figure: no date, no random names, title and sentence as its words."""
    told = {"Title": plain(title, 200)}
    if form == "svg":
        told = {**told, "Description": plain(sentence, 2_000), "Creator": "safeschedule"}
    elif form == "png":
        told = {**told, "Description": plain(sentence, 2_000)}
    else:
        told = {**told, "Subject": plain(sentence, 2_000), "Creator": "safeschedule"}
    absent = {"svg": "Date", "png": "Software", "pdf": "CreationDate"}[form]
    stream = io.BytesIO()
    figure.savefig(stream, format=form, dpi=dpi, metadata={**told, absent: None})
    return _spoken(stream.getvalue(), title, sentence) if form == "svg" else stream.getvalue()


def _spoken(data: bytes, title: str, sentence: str) -> bytes:
    """Return an SVG with its words where a screen reader looks for them."""
    words = escape(f"{plain(title, 200)}. {plain(sentence, 2_000)}")
    return data.replace(b"<svg ", f'<svg role="img" aria-label="{words}" '.encode(), 1)
