"""Writing files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path`, so that readers find the old file or the whole new one.

    Parameters
    ----------
    path
        The file; its folder has to exist.
    data
        The whole content.
    """
    # In the same folder, because a rename is atomic only inside one file system. The name keeps no part
    # of the target's, which may already be as long as the file system allows.
    temporary = path.parent / f".{uuid4().hex}.tmp"
    try:
        # Opened like any new file, so that the user's umask decides who may read it.
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
