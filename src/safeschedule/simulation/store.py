"""A folder of replications: one file in Parquet for each key, so that nothing is simulated twice."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from safeschedule.exchange.frames.kinds import NUMBER, TEXT, WHOLE
from safeschedule.exchange.frames.layout import FrameColumn, FrameTable
from safeschedule.exchange.writing import Files
from safeschedule.needing import library
from safeschedule.simulation.figures import WEEK_FIGURES
from safeschedule.simulation.replication import Replication
from safeschedule.study.frames import frame_of, writer

REST = "rest_json"
"""The column with what no other column has; the same in every row."""

_COLUMNS = tuple(
    FrameColumn(own.name, "", WHOLE if own.whole else NUMBER, about=own.about)
    for own in WEEK_FIGURES.values()
)
STORED = FrameTable("stored", (*_COLUMNS, FrameColumn(REST, "", TEXT, about="All else, as JSON.")), "Weeks.")
"""A file of the folder: a row for each week."""


class ReplicationStore:
    """Where replications are kept; several simulations may share it.

    Parameters
    ----------
    folder
        The folder; it is made when something is kept.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.notes: list[str] = []
        """What was found damaged, in words."""

    def get(self, key: str, policy: str) -> Replication | None:
        """Return what is kept under a key, for a policy by its name; a damaged file counts as none."""
        path = self.folder / f"{key}.parquet"
        if not path.is_file():
            return None
        nw = library("narwhals", "simulations in a folder", "study")
        try:
            rows: list[dict[str, Any]] = nw.read_parquet(path, backend=writer()).rows(named=True)
            rest = json.loads(rows[0][REST])
            weeks = [{name: row[name] for name in WEEK_FIGURES if row[name] is not None} for row in rows]
            found = Replication.from_dict({**rest, "weeks": weeks})
        except Exception as error:  # each library has its own; what is in the file is to blame
            self.notes.append(f"{path.name} is damaged and simulated again: {type(error).__name__}")
            return None
        if found.key != key:
            self.notes.append(f"{path.name} is another replication's file and simulated again")
            return None
        return replace(found, policy=policy)

    def keep(self, found: Replication) -> None:
        """Write a replication down, whole or not at all; one with faults is not kept."""
        if found.faults:
            return
        plain = found.to_dict()
        weeks = plain.pop("weeks")
        rest = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        frame = frame_of(STORED, [{**week, REST: rest} for week in weeks], writer(), "simulation")
        stream = io.BytesIO()
        library("narwhals", "simulations in a folder", "study").from_native(frame).write_parquet(stream)
        with Files() as files:
            files.folder(self.folder)
            files.write(self.folder / f"{found.key}.parquet", stream.getvalue())
