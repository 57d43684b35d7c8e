"""A folder of replications: one file in Parquet for each key, so that nothing is simulated twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from safeschedule.exchange.frames.kinds import NUMBER, TEXT, WHOLE
from safeschedule.exchange.frames.layout import FrameColumn, FrameTable
from safeschedule.simulation.figures import WEEK_FIGURES
from safeschedule.simulation.replication import Replication
from safeschedule.study.kept import REST, KeptFiles, Rows

_COLUMNS = tuple(
    FrameColumn(own.name, "", WHOLE if own.whole else NUMBER, about=own.about)
    for own in WEEK_FIGURES.values()
)
STORED = FrameTable("stored", (*_COLUMNS, FrameColumn(REST, "", TEXT, about="All else, as JSON.")), "Weeks.")
"""A file of the folder: a row for each week; what is no figure is the same in every row."""


class ReplicationStore:
    """Where replications are kept; several simulations may share it.

    Parameters
    ----------
    folder
        The folder; it is made when something is kept.
    """

    def __init__(self, folder: str | Path) -> None:
        self._files = KeptFiles(Path(folder), STORED, ("replication", "simulated"))
        self.notes = self._files.notes
        """What was found damaged, in words."""

    def get(self, key: str, policy: str) -> Replication | None:
        """Return what is kept under a key, for a policy by its name; a damaged file counts as none."""
        found = self._files.get(key, _read)
        return None if found is None else replace(found, policy=policy)

    def keep(self, found: Replication) -> None:
        """Write a replication down, whole or not at all; one with faults is not kept."""
        if found.faults:
            return
        plain = found.to_dict()
        weeks = plain.pop("weeks")
        rest = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        self._files.keep(found.key, [{**week, REST: rest} for week in weeks])


def _read(rows: Rows) -> Replication:
    weeks = [{name: row[name] for name in WEEK_FIGURES if row[name] is not None} for row in rows]
    return Replication.from_dict({**json.loads(rows[0][REST]), "weeks": weeks})
