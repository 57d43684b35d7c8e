"""A file with its first bytes, by which its format is known."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TextIO

from safeschedule.exchange.formats.format import Given
from safeschedule.problem.reading.source import read_text

_BEGINNING = 4096


def opened(source: str | Path | TextIO, what: str) -> Given:
    """Return a file as formats look at it.

    What can be read only once, a stream or a pipe, is read here.

    Raises
    ------
    InputError
        It is a stream or a pipe that cannot be read.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        try:
            if path.is_file():
                with path.open("rb") as file:
                    return Given(path, path.name, file.read(_BEGINNING))
        except (OSError, ValueError):
            pass  # whoever reads it says what is wrong
        if not path.is_fifo():
            return Given(path, path.name, b"")
    text = read_text(source, what)
    name = Path(source).name if isinstance(source, str | Path) else ""
    return Given(io.StringIO(text, newline=""), name, text[:_BEGINNING].encode(errors="replace"))
