"""The text of a file or stream, or a clean refusal: the one way in which any file is read."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path
from typing import TextIO

from safeschedule.errors import Fault, InputError
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.showing import show

LARGEST = 32 * 2**20
"""Bytes of the largest file that is read; a week of a thousand clinicians needs a third of it."""

_TOO_LARGE = f"at most {LARGEST // 2**20} MiB"
_UTF8 = "text in UTF-8; save the file again with this encoding (from a spreadsheet: as CSV UTF-8)"

_KINDS = (
    (b"PK\x03\x04", "a workbook (XLSX, ODS) or another ZIP file", "text; save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "text; save the sheet as CSV UTF-8"),
    (b"%PDF", "a PDF", "text in UTF-8"),
    (b"\x1f\x8b", "a compressed file", "text in UTF-8; unpack the file first"),
    (codecs.BOM_UTF16_LE, "text in UTF-16", _UTF8),
    (codecs.BOM_UTF16_BE, "text in UTF-16", _UTF8),
)
"""Beginnings of files that people take for text, what they are, and the way out."""


def name_of(source: str | Path | TextIO, what: str) -> str:
    """Return what is being read, in a few words."""
    if isinstance(source, str | Path):
        return f"{what} {show(Path(source).name)[1:-1]}"
    return what


def read_text(source: str | Path | TextIO, what: str) -> str:
    """Return the text of a UTF-8 file or an open text file, without a byte order mark.

    Raises
    ------
    InputError
        It cannot be read, or is larger than 32 MiB.
    """
    found = text_or_fault(source)
    if isinstance(found, Fault):
        raise InputError(name_of(source, what), [found])
    return found


def text_or_fault(source: str | Path | TextIO) -> str | Fault:
    """Return the text of a UTF-8 file or an open text file, without a byte order mark, or what is wrong."""
    if not isinstance(source, str | Path) and not callable(getattr(source, "read", None)):
        require_kind("reading", "source", source, (str, Path), "the name of a file, or an open text file")
    found = _from_path(Path(source)) if isinstance(source, str | Path) else _from_stream(source)
    return found if isinstance(found, Fault) else found.removeprefix("\ufeff")


def _from_path(path: Path) -> str | Fault:
    name = show(path.name)
    try:
        status = path.stat()
        kind = _not_a_file(path, status.st_mode)
        if kind is not None:
            return Fault("not_a_file", name, kind, "a file, or - for standard input")
        if status.st_size > LARGEST:
            return Fault("too_large", name, f"{status.st_size} bytes", _TOO_LARGE)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # pipes state no size
    except FileNotFoundError:
        return Fault("missing_file", name, "no such file", "a file that exists")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        return Fault("unreadable_file", name, reason, "a file that can be read")
    if len(data) > LARGEST:
        return Fault("too_large", name, f"over {LARGEST} bytes", _TOO_LARGE)
    return _decoded(data, name)


def _not_a_file(path: Path, mode: int) -> str | None:
    """Return what a path leads to when it is no file; reading some of these never ends."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISDIR(mode):
        return "a directory"
    # What a shell has opened for us, as in `verify <(...) week.json`, ends when its writer does.
    opened = path.is_relative_to("/dev/fd") or path.is_relative_to(f"/proc/{os.getpid()}/fd")
    if stat.S_ISFIFO(mode) and (opened or path == Path("/dev/stdin") or path.is_relative_to("/proc/self/fd")):
        return None
    return "a pipe" if stat.S_ISFIFO(mode) else "a device or socket"


def _decoded(data: bytes, name: str) -> str | Fault:
    for beginning, kind, expected in _KINDS:
        if data.startswith(beginning):
            return Fault("not_text", name, kind, expected)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        found = f"text in another encoding, probably Windows-1252, at line {line}"
        binary = b"\0" in data[:1024]
        return Fault("not_utf8", f"{name} byte {error.start}", "binary data" if binary else found, _UTF8)


def _from_stream(stream: TextIO) -> str | Fault:
    try:
        text = stream.read(LARGEST + 1)
    except UnicodeDecodeError as error:
        return Fault("not_utf8", f"byte {error.start}", "text in another encoding, or no text", _UTF8)
    except (OSError, ValueError) as error:
        return Fault("unreadable_file", "the input", show(str(error)), "an open text file")
    if len(text) > LARGEST:
        return Fault("too_large", "the input", f"over {LARGEST} characters", _TOO_LARGE)
    return text
