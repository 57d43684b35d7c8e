"""A file that was sent: its name is never used as a path."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")


@dataclass(frozen=True)
class Incoming:
    """A file that was sent.

    Parameters
    ----------
    name
        What whoever sent it calls it; only its ending counts.
    data
        Its bytes.
    """

    name: str
    data: bytes

    @property
    def ending(self) -> str:
        """The ending of its name, such as ``.xlsx``."""
        found = _ENDING.search(self.name)
        return f".{found[1].lower()}" if found else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it, as where no file was chosen."""
        return not self.data


@contextmanager
def on_disk(*files: Incoming) -> Iterator[list[Path]]:
    """Give the files' paths in a folder of their own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="safeschedule-") as folder:
        paths = []
        for number, file in enumerate(files):
            path = Path(folder) / f"file{number}{file.ending}"
            path.touch(mode=0o600)
            path.write_bytes(file.data)
            paths.append(path)
        yield paths
