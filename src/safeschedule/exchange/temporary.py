"""Files on their way: whole before they have a name, and swept up when a process died over them."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from types import TracebackType
from uuid import uuid4

if sys.platform != "win32":
    import fcntl

_ENDING = ".safeschedule.tmp"


class Temporary:
    """The content of a file, on the disk and in the folder in which it is going to be.

    Where the system can, it has no name until it is whole, so that nothing is left of it when the process is
    killed. Its lock says that somebody is at work on it.

    Parameters
    ----------
    target
        The file that it is going to be.
    data
        Its content.
    mode
        Its mode; ``None``: its owner's alone, less the umask.
    """

    def __init__(self, target: Path, data: bytes, mode: int | None) -> None:
        self._target, self._data, self._mode = target, data, mode
        self._name: Path | None = None
        self._file = self._nameless()
        if self._file is None:
            self._file = self._named()
        self._fill()

    def __enter__(self) -> Temporary:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._away()

    def become(self, path: Path) -> bool:
        """Take a name that nothing has yet; return whether that could be done in one step."""
        if self._name is not None:
            return False
        try:
            self._link(path)
        except OSError:
            return False
        return True

    def replace(self, path: Path) -> None:
        """Take a name in place of the file that has it."""
        if self._name is None:
            self._take_a_name()
        assert self._name is not None
        if sys.platform == "win32":
            os.close(self._file)  # an open file cannot be renamed there
            self._file = -1
        self._name.replace(path)
        self._name = None

    def _fill(self) -> None:
        assert self._file is not None
        try:
            if self._mode is not None and hasattr(os, "fchmod"):
                os.fchmod(self._file, self._mode)
            left = memoryview(self._data)
            while left:
                left = left[os.write(self._file, left) :]
            os.fsync(self._file)
        except BaseException:
            self._away()
            raise

    def _take_a_name(self) -> None:
        name = _beside(self._target)
        try:
            self._link(name)
        except OSError:
            # Some systems let nothing without a name have one: begin again with one that has.
            self._away()
            self._file = self._named()
            self._fill()
        else:
            self._name = name

    def _nameless(self) -> int | None:
        # Without /proc there would be no way to give it a name.
        if not hasattr(os, "O_TMPFILE") or not Path("/proc/self/fd").is_dir():
            return None
        try:
            file = os.open(self._target.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        except OSError:
            return None  # not every file system has them; another reason will be met again
        _lock(file)
        return file

    def _named(self) -> int:
        # The name keeps no part of the target's, which may already be as long as the file system allows.
        while True:
            name = _beside(self._target)
            file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            _lock(file)
            if os.fstat(file).st_nlink or sys.platform == "win32":
                self._name = name
                return file
            os.close(file)  # swept away before it was locked

    def _link(self, path: Path) -> None:
        # Only with a folder's descriptor does Python ask the system to follow the link in /proc.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.link(f"/proc/self/fd/{self._file}", path.name, dst_dir_fd=folder, follow_symlinks=True)
        finally:
            os.close(folder)

    def _away(self) -> None:
        if self._name is not None:
            self._name.unlink(missing_ok=True)
            self._name = None
        if self._file is not None and self._file >= 0:
            os.close(self._file)
            self._file = -1


def sweep(target: Path) -> None:
    """Remove what processes that died have left of a file; nobody holds its lock any more."""
    if sys.platform == "win32":
        return
    head = _head(target)
    for path in target.parent.iterdir():
        if path.name.startswith(head) and path.name.endswith(_ENDING):
            try:
                file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            except OSError:
                continue
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
            except OSError:
                continue
            finally:
                os.close(file)


def _lock(file: int) -> None:
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:
            return  # a file system without locks; then nothing is swept up there either


def _head(target: Path) -> str:
    return f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]}-"


def _beside(target: Path) -> Path:
    return target.parent / f"{_head(target)}{uuid4().hex}{_ENDING}"
