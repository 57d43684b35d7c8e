"""The whole application as `safeschedule serve` runs it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[str]:
    """Run the command on a folder, and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "safeschedule", "serve", "--data", str(folder), "--port", str(port)]
    with subprocess.Popen(
        [*command, *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=90)
            assert process.returncode == 0, out


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    """Return when it answers."""
    for _ in range(900):
        assert process.poll() is None, process.stdout and process.stdout.read()
        try:
            with urllib.request.urlopen(f"{address}/healthy", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("it does not answer")
