"""The command in this process: as its users meet it, without the second that a new process takes to begin."""

from __future__ import annotations

import io
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from safeschedule.cli import main


def call(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command with arguments to its end, 80 columns wide."""
    streams = [io.TextIOWrapper(io.BytesIO(given), encoding="utf-8") for given in (stdin.encode(), b"", b"")]
    status = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(streams[1]), redirect_stderr(streams[2]):
        patch.setattr("sys.argv", ["safeschedule", *map(str, arguments)])
        patch.setattr("sys.stdin", streams[0])
        patch.setenv("COLUMNS", "80")
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
    told = []
    for stream in streams[1:]:
        stream.flush()
        told.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(list(map(str, arguments)), status, *told)
