"""A workbook file as grids, or one clear fault."""

from __future__ import annotations

import traceback
import zipfile
import zlib
from pathlib import Path

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.workbook.grids.grid import MOST_CELLS, Grid, TooManyError
from safeschedule.problem.reading.source import LARGEST, name_of
from safeschedule.problem.showing import show

ENDINGS = (".xlsx", ".xlsm", ".ods")

_UNPACKED = 2**29
"""Bytes of the largest workbook when it is unpacked; a team of a thousand needs a tenth of it."""

_STYLES = ("style_array", "number_format", "_expand_named_style")
"""Where openpyxl looks formats of cells up."""

_AGAIN = "a workbook (XLSX or ODS) that can be opened; open it in your spreadsheet program and save it again"
_ORDINARY = 'an ordinary workbook: open it in your spreadsheet program and save it as "Excel Workbook" or ODS'


def grids_of(path: str | Path) -> list[Grid]:
    """Return the sheets of a workbook file.

    Raises
    ------
    InputError
        It is not there, too large, of another kind, or broken; or the library for it is not installed.
    """
    path = Path(path)
    what = name_of(path, "workbook")
    _look(path, what)
    try:
        if path.suffix.casefold() == ".ods":
            from safeschedule.exchange.workbook.grids.ods import read
        else:
            from safeschedule.exchange.workbook.grids.xlsx import read
        grids = read(path)
        if not grids:
            value = 'no sheet of cells that can be read, as in a "Strict Open XML" workbook'
            raise _fault("unreadable_file", path, value, _ORDINARY, what)
        return grids
    except InputError:
        raise
    except TooManyError as error:
        expected = f"at most {MOST_CELLS:,} cells; delete what is not the team's, formats of empty cells too"
        raise _fault("too_large", path, "more cells than can be read", expected, what) from error
    except Exception as error:  # what the libraries raise for broken files is of every kind
        raise _fault("unreadable_file", path, _broken(error), _AGAIN, what) from error


def _broken(error: Exception) -> str:
    """Return what is wrong with a file, by the place where a library gave up."""
    if isinstance(error, SyntaxError) or "xml" in type(error).__module__:
        return "a part that is no XML"  # the parser's error is a kind of SyntaxError
    if isinstance(error, zipfile.BadZipFile | zlib.error | EOFError):
        return "a part that cannot be unpacked"
    if isinstance(error, MemoryError | OSError):
        return "more than can be read here"
    where = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
    if any("styles" in Path(code.co_filename).parts or code.co_name in _STYLES for code in where):
        return "cells in formats that the workbook does not have"
    if isinstance(error, KeyError):
        return "a part that is missing"
    return "a part that is not as the format has it"


def _look(path: Path, what: str) -> None:
    try:
        if not path.is_file():
            raise _fault("missing_file", path, "no such file", "a workbook that exists", what)
        if path.stat().st_size > LARGEST:
            expected = f"at most {LARGEST // 2**20} MiB"
            raise _fault("too_large", path, f"{path.stat().st_size} bytes", expected, what)
        with path.open("rb") as file:
            beginning = file.read(8)
        if beginning.startswith(b"\xd0\xcf\x11\xe0"):
            found = "an old Excel workbook, or one with a password"
            raise _fault("not_a_workbook", path, found, "XLSX or ODS, without a password", what)
        if not zipfile.is_zipfile(path):
            raise _fault("not_a_workbook", path, "another kind of file", "a workbook (XLSX or ODS)", what)
        with zipfile.ZipFile(path) as packed:
            if b"encryption-data" in _manifest(packed):
                found = "a workbook with a password"
                raise _fault("not_a_workbook", path, found, "XLSX or ODS, without a password", what)
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                raise _fault("too_large", path, "", f"at most {_UNPACKED // 2**20} MiB when unpacked", what)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or "broken"
        raise _fault("unreadable_file", path, reason, _AGAIN, what) from error


def _manifest(packed: zipfile.ZipFile) -> bytes:
    """Return what an ODS file says of its parts, as far as it matters."""
    name = "META-INF/manifest.xml"
    if name not in packed.namelist():
        return b""
    with packed.open(name) as part:
        return part.read(2**20)


def _fault(code: str, path: Path, value: str, expected: str, what: str) -> InputError:
    return InputError(what, [Fault(code, show(path.name)[1:-1], value, expected)])
