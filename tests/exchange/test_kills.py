"""Killed at any moment, a process leaves each file as the old one or the new one, whole."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import environment

# What a week's folder is: files of some size, written together again and again, each with its own checksum.
WRITES = """
import hashlib, itertools, sys
from pathlib import Path
from safeschedule.exchange import temporary
from safeschedule.exchange.writing import Files

folder, nameless = Path(sys.argv[1]), sys.argv[2] == "nameless"
if not nameless:
    temporary.Temporary._nameless = lambda _: None
print("ready", flush=True)
for round in itertools.count() if sys.argv[3] == "on" else [0]:
    for keep in (True, False):
        with Files(keep_old=keep) as files:
            files.folder(folder / "calendars")
            for name in ("rota.json", "rota.csv", "calendars/C1.ics", "calendars/C2.ics"):
                body = (f"{name} {round} {keep} " * 2000).encode()
                files.write(folder / name, body + hashlib.sha256(body).hexdigest().encode())
    for old in folder.rglob("*.bak?*"):
        if round % 3 == 0:
            old.unlink()
"""
NAMES = ("rota.json", "rota.csv", "calendars/C1.ics", "calendars/C2.ics")


def killed(folder: Path, way: str, after: float) -> None:
    """Let a process write, and kill it so many seconds after it has begun."""
    command = [sys.executable, "-c", WRITES, str(folder), way, "on"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)  # the moment is drawn: whatever it hits has to hold
        process.send_signal(signal.SIGKILL)


def whole(path: Path) -> bool:
    data = path.read_bytes()
    return hashlib.sha256(data[:-64]).hexdigest().encode() == data[-64:]


def kill_and_look(folder: Path, times: int) -> None:
    drawn = random.Random(7)
    had: set[str] = set()
    for number in range(times):
        killed(folder, "nameless" if number % 2 else "named", drawn.uniform(0.0, 0.08))
        found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert had <= found, "a file was lost"
        had |= found & set(NAMES)
        visible = [folder / name for name in found if not Path(name).name.startswith(".")]
        assert all(whole(path) for path in visible)
    # What was left under way is swept up by the next that writes the same files.
    command = [sys.executable, "-c", WRITES, str(folder), "nameless", "once"]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    """A computer that is switched off would cost the week."""
    kill_and_look(tmp_path, 8)
    assert os.listdir(tmp_path)  # noqa: PTH208 - it was at work at all


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
@pytest.mark.long
def test_a_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    """A computer that is switched off would cost the week."""
    kill_and_look(tmp_path, 100)
