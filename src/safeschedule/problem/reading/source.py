"""The text of a file or stream, or a clean refusal."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from safeschedule.errors import Fault, InputError, PicklesWhole
from safeschedule.problem.showing import show

LARGEST = 64 * 2**20
"""Bytes of the largest file that is read."""

_TOO_LARGE = f"at most {LARGEST // 2**20} MiB"


def name_of(source: str | Path | TextIO, what: str) -> str:
    """Return what is being read, in a few words."""
    if isinstance(source, str | Path):
        return f"{what} {Path(source).name}"
    return what


def read_text(source: str | Path | TextIO, what: str) -> str:
    """Return the text of a UTF-8 file or an open text file, without a byte order mark.

    Raises
    ------
    InputError
        It cannot be read, or is larger than 64 MiB.
    """
    try:
        text = _from_path(Path(source)) if isinstance(source, str | Path) else _from_stream(source)
    except _Refusal as refusal:
        raise InputError(name_of(source, what), [refusal.fault]) from refusal.__cause__
    return text.removeprefix("\ufeff")


class _Refusal(PicklesWhole, Exception):  # noqa: N818 - it never leaves this file
    def __init__(self, code: str, place: str, value: str, expected: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, place, value, expected)


def _from_path(path: Path) -> str:
    name = show(path.name)
    try:
        if path.is_dir():
            raise _Refusal("not_a_file", name, "a directory", "a file")
        size = path.stat().st_size
        if size > LARGEST:
            raise _Refusal("too_large", name, f"{size} bytes", _TOO_LARGE)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # pipes and devices state no size
    except FileNotFoundError as error:
        raise _Refusal("missing_file", name, "no such file", "a file that exists") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise _Refusal("unreadable_file", name, reason, "a file that can be read") from error
    if len(data) > LARGEST:
        raise _Refusal("too_large", name, f"over {LARGEST} bytes", _TOO_LARGE)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _Refusal("not_utf8", f"{name} byte {error.start}", "", "text in UTF-8") from error


def _from_stream(stream: TextIO) -> str:
    try:
        text = stream.read(LARGEST + 1)
    except UnicodeDecodeError as error:
        raise _Refusal("not_utf8", f"byte {error.start}", "", "text in UTF-8") from error
    except (OSError, ValueError) as error:
        raise _Refusal("unreadable_file", "the input", show(str(error)), "an open text file") from error
    if len(text) > LARGEST:
        raise _Refusal("too_large", "the input", f"over {LARGEST} characters", _TOO_LARGE)
    return text
