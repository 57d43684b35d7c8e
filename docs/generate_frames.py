"""Writes docs/reference/frames.md from the layout of the frames: python -m docs.generate_frames."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from safeschedule.exchange.frames.declared import ACCOUNT, SOLVE, WEEK
from safeschedule.exchange.frames.layout import FrameTable, tables

FILE = Path(__file__).parent / "reference" / "frames.md"
NOTE = "<!-- Made by docs/generate_frames.py; change src/safeschedule/exchange/frames, then run it again. -->"
INTRO = """\
`problem.frames()` gives a problem as tidy data frames, `Problem.from_frames` makes one of them
([how](../howto/data-frames.md)). `schedule.frames(problem)`, `verification.frames(problem)` and
`result.frames(problem)` tell of a week that was planned. Each takes `"pandas"` (the default), `"polars"`
or `"pyarrow"`. `write_frames` and `read_frames` keep frames in a folder, one file a frame, in Parquet or
CSV; so do `safeschedule export parquet` and `export csv-folder`. Frames need `pip install
"safeschedule[frames]"`; the command's CSV needs nothing.

* **A frame is a list of the [problem file](files.md)**, and is called by its path there. A list inside of
  an entry is a frame of its own: `clinicians.skills` has a row for each skill of each clinician, and its
  first column says whose.
* **Columns** are the fields. Where a field's name does not say its unit, the column's does.
* **Rows keep the order** of the problem, and make it.
* **Absent** (`None`, NaN, NaT, NA, an empty cell) means the default of the field, as does a column or a
  frame that is not there. Columns that are needed have a mark.
* **Times** are datetimes of the problem's time zone, without a zone; dates are such at midnight, because
  pandas has no dates. Times of day are minutes after midnight, because 24:00 is one; `"09:30"` and times
  of Python are read as well.
* **Numbers** that count are whole numbers which can be absent (`Int64` in pandas). FTE, points and shares
  have at most two decimal places.
* **Faults** are told all at once: `clients, row 14, band: found "hihg"; expected ...`. Rows count from 0,
  as frames count them. Names of frames and columns are taken exactly; what is not known is a fault, with
  the nearest name.
* **In CSV**, text that a spreadsheet would run or alter (`=1+1`, `0042`) has an apostrophe before it,
  which reading takes away. In Parquet, and in frames, it has none.
"""


PARTS = (
    ("Of a schedule", "`schedule.frames(problem)`, and part of `result.frames(problem)`.", WEEK),
    (
        "Of a verifier's account",
        "`verification.frames(problem)`, and part of `result.frames(problem)`.",
        ACCOUNT,
    ),
    ("Of a result", "`result.frames(problem)`, beside those above.", SOLVE),
)


def page() -> str:
    """Return the page."""
    parts = ["# Data frames", NOTE, INTRO.rstrip(), "## Of a problem", *map(_section, tables().values())]
    for title, told, own in PARTS:
        parts += [f"## {title}", told, *map(_section, own)]
    return "\n\n".join(parts) + "\n"


def _section(table: FrameTable) -> str:
    lines = ["| column | holds | unit | meaning |", "|---|---|---|---|", *_rows(table)]
    told = f"{table.about}\n\n" if table.about else ""
    return f"### {table.name}\n\n{told}" + "\n".join(lines)


def _rows(table: FrameTable) -> Iterable[str]:
    for column in table.columns:
        needed = " (needed)" if column.needed else ""
        about = column.about.replace("|", "\\|").replace("\n", " ")
        yield f"| `{column.name}` | {column.kind.name}{needed} | {column.unit} | {about} |"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
