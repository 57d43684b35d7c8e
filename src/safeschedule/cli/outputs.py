"""The files that commands write: looked at before the work starts, written whole at its end."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import emit
from safeschedule.cli.inputs import STANDARD
from safeschedule.errors import Fault, InputError

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule

OutputFile = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Where to write it; - for standard output.")
]


def check_file(name: str) -> None:
    """Make sure that a file can be written; creates nothing.

    Raises
    ------
    InputError
        Its folder is missing or closed to us, or the name is a folder's.
    """
    if name == STANDARD:
        return
    path = Path(name)
    if path.is_dir():
        raise _fault("not_a_file", name, "the name of a file, not of a folder")
    if not path.parent.is_dir():
        raise _fault("missing_folder", name, f"that the folder {path.parent} exists")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _fault("not_writable", name, f"that the folder {path.parent} can be written to")


def check_apart(outputs: Sequence[str | None], inputs: Sequence[str | None] = ()) -> None:
    """Make sure that no file is written twice, or over one that is read.

    Raises
    ------
    typer.BadParameter
        One is.
    """
    written = [Path(name).resolve() for name in outputs if name is not None and name != STANDARD]
    read = {Path(name).resolve() for name in inputs if name is not None and name != STANDARD}
    for number, path in enumerate(written):
        if path in written[:number] or path in read:
            raise typer.BadParameter(f"{path.name} would be written over; name another file")


def check_folder(path: Path) -> None:
    """Make sure that a folder can be made or written to; creates nothing.

    Raises
    ------
    InputError
        It is a file, or the folder above it is missing or closed to us.
    """
    if path.exists() and not path.is_dir():
        raise _fault("not_a_folder", str(path), "a folder, not a file")
    nearest = next(folder for folder in (path, *path.absolute().parents) if folder.is_dir())
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise _fault("not_writable", str(path), f"that the folder {nearest} can be written to")


def _fault(code: str, place: str, expected: str) -> InputError:
    return InputError("output", [Fault(code, place, "", expected)])


def writing(write: Callable[[], object]) -> None:
    """Run a function that writes files, and turn what the system refuses into a fault."""
    try:
        write()
    except BrokenPipeError:
        raise
    except OSError as error:
        place = str(error.filename or "output")
        raise _fault("not_written", place, f"that it can be written ({error.strerror})") from error


def write_entity(name: str, entity: Problem | Schedule) -> None:
    """Write a problem or a schedule as JSON to a file, or to standard output for ``-``."""
    from safeschedule.exchange.json_text import as_text

    write_text(name, as_text(entity))


def write_text(name: str, text: str) -> None:
    """Write a text whole to a file, or to standard output for ``-``."""
    from safeschedule.exchange.writing import write_atomically

    if name == STANDARD:
        emit(text)
    else:
        writing(lambda: write_atomically(Path(name), text.encode()))
