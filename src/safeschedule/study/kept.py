"""A folder with a file in Parquet for each key: what is kept there is not worked out twice."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from safeschedule.errors import InputError
from safeschedule.exchange.frames.layout import FrameTable
from safeschedule.exchange.writing import Files
from safeschedule.needing import library
from safeschedule.study.frames import frame_of, writer

REST = "rest_json"
"""The column with what no other column has."""

Rows = Sequence[Mapping[str, Any]]


class Keyed(Protocol):
    """What knows the key under which it is kept."""

    @property
    def key(self) -> str:
        """The key."""
        ...


Found = TypeVar("Found", bound=Keyed)


class KeptFiles:
    """The files of a folder, each named by the key of what is in it.

    Parameters
    ----------
    folder
        The folder; it is made when something is kept.
    table
        The columns of a file.
    words
        What one file holds, and what is done again where it is of no use: ``("run", "solved")``.
    """

    def __init__(self, folder: Path, table: FrameTable, words: tuple[str, str]) -> None:
        self.folder, self.table = folder, table
        self.what, self.done = words
        self.notes: list[str] = []
        """What was found damaged, in words."""

    def get(self, key: str, read: Callable[[Rows], Found]) -> Found | None:
        """Return what is kept under a key, read from its rows; a damaged file counts as none."""
        path = self._path(key)
        if not path.is_file():
            return None
        nw = self._frames()
        try:
            found = read(nw.read_parquet(path, backend=writer()).rows(named=True))
        except Exception as error:  # each library has its own; what is in the file is to blame
            reason = error.faults[0] if isinstance(error, InputError) else type(error).__name__
            self.notes.append(f"{path.name} is damaged and {self.done} again: {reason}")
            return None
        if found.key != key:
            self.notes.append(f"{path.name} is another {self.what}'s file and {self.done} again")
            return None
        return found

    def keep(self, key: str, rows: Rows) -> None:
        """Write the file of a key, whole or not at all."""
        frame = frame_of(self.table, rows, writer(), self.what)
        stream = io.BytesIO()
        self._frames().from_native(frame).write_parquet(stream)
        with Files() as files:
            files.folder(self.folder)
            files.write(self._path(key), stream.getvalue())

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.parquet"

    def _frames(self) -> Any:
        return library("narwhals", f"{self.what}s in a folder", "study")
