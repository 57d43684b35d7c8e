"""The files that commands write: looked at before the work starts, written whole at its end."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import emit
from safeschedule.cli.inputs import STANDARD
from safeschedule.errors import Fault, InputError

if TYPE_CHECKING:
    from safeschedule.exchange.writing import Files
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule

_STREAM = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""Other names of standard output, which would be files to write over."""


def output_name(name: str | None) -> str | None:
    """Return the name of an output, ``-`` for standard output whatever it is called."""
    return STANDARD if name in _STREAM else name


OutputFile = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=output_name,
        help="Where to write it; - for standard output.",
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option("--overwrite", help="Keep no copy (NAME.bak1, ...) of a file that is written over."),
]


def check_file(name: str) -> None:
    """Make sure that a file can be written; creates nothing.

    Raises
    ------
    InputError
        Its folder is missing or closed to us, or the name is that of a folder, a link or a device.
    """
    from safeschedule.exchange.writing import check_target

    if name == STANDARD:
        return
    path = Path(name)
    check_target(path)
    if not path.parent.is_dir():
        raise _fault("missing_folder", name, f"that the folder {path.parent} exists")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _fault("not_writable", name, f"that the folder {path.parent} can be written to")


def check_apart(outputs: Sequence[str | Path | None], inputs: Iterable[str | Path | None] = ()) -> None:
    """Make sure that no file is written twice, or over one that is read, by whatever name or path.

    Raises
    ------
    typer.BadParameter
        One is.
    """
    written = [Path(name) for name in outputs if name not in (None, STANDARD) and name is not None]
    read = [name for name in inputs if name is not None]
    for number, path in enumerate(written):
        if any(_same(path, other) for other in written[:number]):
            raise typer.BadParameter(f"{path.name} would be written twice; name another file")
        if any(_given_by(path, name) for name in read):
            raise typer.BadParameter(f"{path.name} would be written over what is read; name another file")


def _given_by(path: Path, name: str | Path) -> bool:
    if name != STANDARD:
        return _same(path, Path(name))
    try:
        stream, there = os.fstat(sys.stdin.fileno()), path.stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(stream.st_mode) and os.path.samestat(stream, there)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        # One of them is not there yet; its folder may have several names.
        return one.parent.resolve() / one.name == other.parent.resolve() / other.name


def check_folder(path: Path) -> None:
    """Make sure that a folder can be made or written to; creates nothing.

    Raises
    ------
    InputError
        It is a file, or the folder above it is missing or closed to us.
    """
    if os.path.lexists(path) and not path.is_dir():
        raise _fault("not_a_folder", str(path), "a folder, not a file")
    nearest = next(folder for folder in (path, *path.absolute().parents) if folder.is_dir())
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise _fault("not_writable", str(path), f"that the folder {nearest} can be written to")


def _fault(code: str, place: str, expected: str) -> InputError:
    return InputError("output", [Fault(code, place, "", expected)])


def writing(write: Callable[[Files], object], *, overwrite: bool = False) -> None:
    """Run a function that writes files; when one cannot be written, none of them is.

    What is replaced stays beside the new file, unless it may be overwritten.

    Raises
    ------
    InputError
        The system refuses to write something.
    """
    from safeschedule.exchange.writing import Files

    try:
        with Files(keep_old=not overwrite) as files:
            write(files)
    except BrokenPipeError:
        raise
    except OSError as error:
        place = str(error.filename or "output")
        raise _fault("not_written", place, f"that it can be written ({error.strerror})") from error


def write_all(
    outputs: Iterable[tuple[str | None, Problem | Schedule | str]], *, overwrite: bool = False
) -> list[str]:
    """Write problems and schedules as JSON, and texts, all or none; return the names of the files.

    Parameters
    ----------
    outputs
        Name and content of each; ``-`` is standard output, without a name there is nothing to write.
    overwrite
        Whether files that are replaced are kept no copy of.
    """
    texts = [(name, _text(content)) for name, content in outputs if name is not None]
    named = [(name, text) for name, text in texts if name != STANDARD]

    def write(files: Files) -> None:
        for name, text in named:
            files.write(name, text.encode())

    writing(write, overwrite=overwrite)
    for name, text in texts:
        if name == STANDARD:
            emit(text)
    return [name for name, _ in named]


def write_entity(name: str, entity: Problem | Schedule, *, overwrite: bool = False) -> None:
    """Write a problem or a schedule as JSON to a file, or to standard output for ``-``."""
    write_all([(name, entity)], overwrite=overwrite)


def write_problem(name: str, problem: Problem, *, overwrite: bool = False) -> None:
    """Write a problem as its file is called: as a workbook (``.xlsx``), or as JSON."""
    if Path(name).suffix.casefold() != ".xlsx":
        write_entity(name, problem, overwrite=overwrite)
        return
    from safeschedule.exchange.workbook import workbook_of

    data = workbook_of(problem)
    writing(lambda files: files.write(name, data), overwrite=overwrite)


def write_text(name: str, text: str, *, overwrite: bool = False) -> None:
    """Write a text whole to a file, or to standard output for ``-``."""
    write_all([(name, text)], overwrite=overwrite)


def _text(content: Problem | Schedule | str) -> str:
    from safeschedule.cli.moments import dated
    from safeschedule.exchange.json_text import as_text

    return content if isinstance(content, str) else as_text(dated(content))
