"""Writing files whole or not at all, without losing what was there.

Every file that this package writes goes through `Files`. At each moment the name stands for the old file or
for the whole new one, also when the process is killed. What would be replaced by mistake is refused: links,
devices, pipes, folders.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from types import TracebackType

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.temporary import Temporary, sweep
from safeschedule.problem.kinds import require_path

PRIVATE = 0o600
"""Mode of a new file: it holds codes of clients, so its owner alone may read it."""
PRIVATE_FOLDER = 0o700


def write_atomically(path: str | Path, data: bytes, *, keep_old: bool = False) -> None:
    """Write `data` to `path`, so that readers find the old file or the whole new one.

    A new file can be read by its owner alone; one that was there keeps its mode.

    Parameters
    ----------
    path
        The file; its folder has to exist.
    data
        The whole content.
    keep_old
        Whether another file of that name stays beside it, as ``NAME.bak1``, ``NAME.bak2`` and so on.

    Raises
    ------
    InputError
        The name stands for a folder, a link, a device or a pipe.
    OSError
        It cannot be written; nothing has changed then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(f"{folder}/rota.txt", b"old")
    ...     write_atomically(f"{folder}/rota.txt", b"new", keep_old=True)
    ...     sorted(os.listdir(folder))
    ['rota.txt', 'rota.txt.bak1']
    """
    with Files(keep_old=keep_old) as files:
        files.write(path, data)


class Files:
    """Files that are written together: when one cannot be, those before it are taken back.

    Parameters
    ----------
    keep_old
        Whether files that are replaced stay beside the new ones. Otherwise they are gone, and cannot be
        brought back when a later file fails.
    """

    def __init__(self, *, keep_old: bool = False) -> None:
        self._keep_old = keep_old
        self._undo: list[tuple[Path, Path | None]] = []
        """What was made: a file or folder that is new, or one with where the old one is kept."""

    def __enter__(self) -> Files:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            return
        for path, old in reversed(self._undo):
            try:
                if old is not None:
                    old.replace(path)
                elif path.is_dir():
                    path.rmdir()
                else:
                    path.unlink()
            except OSError:
                continue  # it has got something in it, or is gone: not ours any more

    def folder(self, path: str | Path) -> Path:
        """Make a folder, and those above it, where there is none; return its path."""
        require_path("writing", "folder", path)
        path = Path(path)
        missing = []
        above = path
        while not above.is_dir():
            missing.append(above)
            above = above.parent
        for each in reversed(missing):
            each.mkdir(PRIVATE_FOLDER, exist_ok=True)
            self._undo.append((each, None))
        return path

    def write(self, path: str | Path, data: bytes) -> None:
        """Write a file as `write_atomically` does; one that is the same already is left alone."""
        require_path("writing", "path", path)
        path = Path(path)
        old = check_target(path)
        if old is not None and _holds(path, old, data):
            return
        sweep(path)
        mode = PRIVATE if old is None else stat.S_IMODE(old.st_mode) & 0o777
        with Temporary(path, data, None if old is None else mode) as new:
            if old is None and new.become(path):
                self._undo.append((path, None))
                return
            # It is there, be it only since a moment ago.
            kept = keep(path) if self._keep_old and os.path.lexists(path) else None
            new.replace(path)
            if old is None or kept is not None:
                self._undo.append((path, kept))

    def set_aside(self, path: str | Path) -> None:
        """Take a file away; it stays beside, when old files are kept."""
        path = Path(path)
        if self._keep_old:
            self._undo.append((path, keep(path)))
        path.unlink()


def check_target(path: Path) -> os.stat_result | None:
    """Make sure that a name stands for a file of its own, or for nothing yet; return what the file is.

    Raises
    ------
    InputError
        It stands for a folder, a link, a device, a pipe or a socket.
    """
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError as error:
        raise fault("not_a_file", str(path), "a file name") from error
    if stat.S_ISREG(found.st_mode):
        return found
    if stat.S_ISDIR(found.st_mode):
        raise fault("not_a_file", str(path), "the name of a file, not of a folder")
    if stat.S_ISLNK(found.st_mode):
        raise fault("not_a_file", str(path), "the name of a file itself, not of a link")
    raise fault("not_a_file", str(path), "the name of a file, not of a device or a pipe")


def keep(path: Path) -> Path:
    """Let a file have a second name beside its own, the next free ``NAME.bakN``, and return that."""
    pattern = re.compile(re.escape(path.name) + r"\.bak(\d{1,6})")
    matches = (pattern.fullmatch(other.name) for other in path.parent.iterdir())
    number = max((int(match[1]) for match in matches if match), default=0)
    while True:
        number += 1
        beside = path.with_name(f"{path.name}.bak{number}")
        try:
            os.link(path, beside, follow_symlinks=False)
        except FileExistsError:
            continue
        except (OSError, NotImplementedError):
            # The file system has no second names.
            data, mode = path.read_bytes(), stat.S_IMODE(path.stat().st_mode)
            with Temporary(beside, data, mode) as copy:
                copy.replace(beside)
        return beside


def fault(code: str, place: str, expected: str) -> InputError:
    """Return the error about one output."""
    return InputError("output", [Fault(code, place, "", expected)])


def _holds(path: Path, found: os.stat_result, data: bytes) -> bool:
    try:
        return found.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
