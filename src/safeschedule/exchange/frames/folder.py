"""Frames as a folder of files, one a frame, in Parquet or CSV."""

from __future__ import annotations

import io
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.exchange.frames.csv_text import columns_of_text, text_of
from safeschedule.exchange.frames.declared import OUTCOME
from safeschedule.exchange.frames.flattening import Columns
from safeschedule.exchange.frames.layout import FrameTable, tables
from safeschedule.exchange.frames.native import columns_in, eager, frames_of, require_backend
from safeschedule.exchange.writing import Files
from safeschedule.needing import library
from safeschedule.problem.kinds import require_kind, require_path
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.showing import did_you_mean, show

PARQUET, CSV = "parquet", "csv"
FORMS = (PARQUET, CSV)
"""What the files can be: each is the ending of their names."""


def known() -> Mapping[str, FrameTable]:
    """Return every frame, of problems and of what comes of them."""
    return {**tables(), **OUTCOME}


def write_frames(frames: Mapping[str, Any], folder: str | Path, form: str = PARQUET) -> None:
    """Write frames into a folder, one file each: all of them, or none.

    Parameters
    ----------
    frames
        The frames by name, of pandas, polars or Arrow.
    folder
        The folder, which is made where there is none.
    form
        ``parquet`` or ``csv``. In CSV, text that a spreadsheet would run or alter has an apostrophe before
        it, which `read_frames` takes away; what is absent is an empty cell.

    Raises
    ------
    InputError
        Something is no frame, there is no such form, or a library is not installed.

    Examples
    --------
    >>> from safeschedule import Problem, read_frames, write_frames
    >>> write_frames(problem.frames(), folder / "frames", "csv")
    >>> Problem.from_frames(read_frames(folder / "frames")) == problem
    True
    """
    require_kind("write_frames", "frames", frames, Mapping, "a mapping from names to frames")
    require_path("write_frames", "folder", folder)
    _require_known(frames, form)
    if form == CSV:
        data = csv_files(columns_in(frames, "write_frames"))
    else:
        data = {name: _parquet_of(frame) for name, frame in eager(frames, "write_frames").items()}
    with Files() as files:
        write_files(data, Path(folder), form, files)


def write_files(data: Mapping[str, bytes], folder: Path, form: str, files: Files) -> None:
    """Write the files of frames into a folder."""
    files.folder(folder)
    for name, content in data.items():
        files.write(folder / f"{name}.{form}", content)


def csv_files(columns: Mapping[str, Columns]) -> dict[str, bytes]:
    """Return the CSV files of frames; no library is needed."""
    return {name: text_of(own).encode() for name, own in columns.items()}


def parquet_files(columns: Mapping[str, Columns]) -> dict[str, bytes]:
    """Return the Parquet files of frames, by whichever library is there."""
    frames = frames_of(columns, known(), _writer(), "write_frames")
    return {name: _parquet_of(frame) for name, frame in eager(frames, "write_frames").items()}


def _parquet_of(frame: Any) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def read_frames(folder: str | Path, backend: str = "pandas") -> dict[str, Any]:
    """Return the frames of a folder, by name.

    Parameters
    ----------
    folder
        The folder, with files of one form.
    backend
        ``pandas``, ``polars`` or ``pyarrow``.

    Raises
    ------
    InputError
        With every fault: no frames there, files of both forms, a file with the name of no frame, rows that
        are too long; or a library is not installed.

    Examples
    --------
    >>> from safeschedule import read_frames, write_frames
    >>> write_frames(problem.frames(), folder / "week")
    >>> len(read_frames(folder / "week")["clinicians"]) == len(problem.clinicians)
    True
    """
    require_path("read_frames", "folder", folder)
    require_backend(backend, "read_frames")
    paths = files_in(Path(folder))
    if any(path.suffix == f".{CSV}" for path in paths.values()):
        return frames_of(csv_columns(paths), known(), backend, "read_frames")
    return {name: _parquet(path, backend).to_native() for name, path in paths.items()}


def problem_columns(folder: Path) -> dict[str, Columns]:
    """Return the columns of a problem's frames in a folder, in whatever form they are."""
    paths = {name: path for name, path in files_in(folder).items() if name in tables()}
    if any(path.suffix == f".{CSV}" for path in paths.values()):
        return csv_columns(paths)
    return columns_in({name: _parquet(path, _writer()) for name, path in paths.items()}, "reading frames")


def csv_columns(paths: Mapping[str, Path]) -> dict[str, Columns]:
    """Return the columns of CSV files."""
    return {
        name: columns_of_text(read_text(path, "frame"), known()[name], f"frame {name}")
        for name, path in paths.items()
    }


def files_in(folder: Path) -> dict[str, Path]:
    """Return the files of frames in a folder, by the names of the frames.

    Raises
    ------
    InputError
        There are none, some of either form, or some with the name of no frame.
    """
    what = name_of(folder, "frames")
    found = [path for form in FORMS for path in sorted(folder.glob(f"*.{form}"))]
    if not found:
        expected = "a folder with files of frames, such as clinicians.parquet or clinicians.csv"
        raise InputError(what, [Fault("no_frames", show(folder.name), "", expected)])
    faults = [_unknown(path.stem, path.name) for path in found if path.stem not in known()]
    if len({path.suffix for path in found}) > 1:
        faults.append(Fault("contradiction", show(folder.name), "Parquet and CSV", "files of one form"))
    if faults:
        raise InputError(what, faults)
    return {path.stem: path for path in found}


def _unknown(name: str, place: str) -> Fault:
    hint = did_you_mean(name, list(known()), thorough=True)
    return Fault("unknown_frame", place, "", f"the name of a frame{hint}")


def _parquet(path: Path, backend: str) -> Any:
    nw = library("narwhals", "frames", "frames")
    library("pyarrow" if backend == "pandas" else backend, "frames in Parquet", "frames")
    try:
        return nw.read_parquet(path, backend=backend)
    except Exception as error:  # each library has its own; what is in the file is to blame
        fault = Fault("not_parquet", path.name, show(str(error)), "a file in Parquet")
        raise InputError("frames", [fault]) from error


def _writer() -> str:
    """Return the library that writes and reads Parquet here."""
    return "pyarrow" if find_spec("pyarrow") or not find_spec("polars") else "polars"


def _require_known(frames: Mapping[str, Any], form: str) -> None:
    faults = [_unknown(str(name), show(name)) for name in frames if name not in known()]
    if form not in FORMS:
        faults.append(Fault("unknown_value", "form", show(form), f"one of: {', '.join(FORMS)}"))
    if faults:
        raise ArgumentError("arguments of write_frames", faults)
