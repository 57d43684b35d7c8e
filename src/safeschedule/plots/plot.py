"""What all plots have in common: the same content as a picture, as words and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.exchange.writing import write_atomically
from safeschedule.needing import library
from safeschedule.problem.kinds import require_path
from safeschedule.problem.showing import show
from safeschedule.returned import Returned

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Value = str | int | float | None
"""What stands in a cell of a plot's table."""

FORMATS = ("svg", "png", "pdf")
"""What a plot is written as, by the end of the file's name."""

DPI = 150
"""Dots per inch of a PNG, unless it is asked for otherwise."""


@dataclass(frozen=True)
class Plot(Returned):
    """A plot: nothing but what it shows. The picture is drawn when it is asked for.

    Parameters
    ----------
    title
        What it is about.
    sentence
        What is to be seen in it, for those who do not see it.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.week(schedule, problem)
    >>> plot.save(folder / "week.svg")
    >>> print(plot.describe().splitlines()[0])
    Week of 5 to 11 October 2026
    """

    columns: ClassVar[tuple[str, ...]] = ()
    """The heads of its table."""

    title: str
    sentence: str

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return the rows of its table; what is not known is ``None``."""
        return ()

    def describe(self) -> str:
        """Return the same in words: title, sentence, and everything drawn as a table of plain text.

        Columns in which nothing stands are left out.
        """
        rows = self.rows()
        used = [
            place for place, _ in enumerate(self.columns) if any(row[place] not in (None, "") for row in rows)
        ]
        told = [tuple(_cell(row[place]) for place in used) for row in rows]
        return "\n".join([self.title, self.sentence, *_aligned([self.columns[n] for n in used], told)])

    def __str__(self) -> str:
        return self.describe()

    def figure(self) -> Figure:
        """Return a new figure of matplotlib, to change or to put beside others.

        Raises
        ------
        InputError
            matplotlib is not installed.
        """
        library("matplotlib", "plots", "plots")
        from safeschedule.plots.drawing import figure_of

        return figure_of(self)

    def image(self, form: str = "svg", dpi: int = DPI) -> bytes:
        """Return the picture as a file's content; the same plot gives the same bytes.

        Parameters
        ----------
        form
            ``svg``, ``png`` or ``pdf``.
        dpi
            Dots per inch, for PNG.

        Raises
        ------
        ArgumentError
            There is no such form, or the dots are not between 20 and 1200.
        InputError
            matplotlib is not installed.
        """
        _require(form, dpi)
        library("matplotlib", "plots", "plots")
        from safeschedule.plots.drawing import image_of

        return image_of(self, form, dpi)

    def save(self, path: str | Path, dpi: int = DPI) -> None:
        """Write the picture, whole or not at all; its owner alone can read a new file.

        Parameters
        ----------
        path
            The file, which ends with ``.svg``, ``.png`` or ``.pdf``; its folder has to exist.
        dpi
            Dots per inch, for PNG.

        Raises
        ------
        ArgumentError
            The name ends otherwise.
        InputError
            matplotlib is not installed, or the name stands for a folder, a link or a device.
        """
        require_path("save", "path", path)
        write_atomically(path, self.image(form_of(path), dpi))

    def _repr_html_(self) -> str:
        # As an image of its own: an SVG within a page would share styles and ids with all others there.
        import base64

        try:
            data = base64.b64encode(self.image()).decode()
            shown = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(self._words())}">'
        except InputError as error:
            shown = f"<p>{escape(self._words())}</p><p>{escape(error.faults[0].expected)}</p>"
        return f"{shown}<details><summary>As a table</summary>{self._table()}</details>"

    def _words(self) -> str:
        return f"{self.title}. {self.sentence}"

    def _table(self) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_cell(value))}</td>' for value in row)}</tr>" for row in self.rows()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def form_of(path: str | Path) -> str:
    """Return the form that the end of a file's name asks for.

    Raises
    ------
    ArgumentError
        It is none of `FORMATS`.
    """
    form = Path(path).suffix.casefold().removeprefix(".")
    if form not in FORMATS:
        expected = f"a name that ends with {', '.join(f'.{known}' for known in FORMATS)}"
        raise ArgumentError("arguments of save", [Fault("unknown_value", "path", show(str(path)), expected)])
    return form


def _require(form: str, dpi: int) -> None:
    faults = []
    if form not in FORMATS:
        faults.append(Fault("unknown_value", "form", show(form), f"one of: {', '.join(FORMATS)}"))
    if type(dpi) is not int or not 20 <= dpi <= 1200:
        faults.append(Fault("out_of_range", "dpi", show(dpi), "a whole number from 20 to 1200"))
    if faults:
        raise ArgumentError("arguments of image", faults)


def number(value: float | None) -> str:
    """Return a number for people, with at most three digits after the point."""
    if value is None:
        return "-"
    told = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else number(value)


def _aligned(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return lines of a table with columns of equal width."""
    lines = [tuple(heads), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(cell.ljust(wide) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
        if line
    ]
