"""The command in a process of its own, without the second in which a new Python loads its libraries.

A Python that has loaded them waits; each call forks it, and the child is the command from then on: with the
directory, environment, streams and end that ``python -m safeschedule`` has. Whoever tests how Python itself
begins, or signals, starts a new one. Where there is no fork, everybody does.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

Done = subprocess.CompletedProcess[str]

_SOURCE = Path(__file__).parents[2] / "src"
_NOT_LOADED = {"__main__", "plots", "testing", "web"}


def run_command(
    arguments: Sequence[str],
    *,
    stdin: str = "",
    cwd: Path | None = None,
    env: Mapping[str, str],
    timeout: float = 120,
) -> Done:
    """Run the command with arguments to its end; what it reads and prints is UTF-8."""
    if not hasattr(os, "fork"):
        command = [sys.executable, "-m", "safeschedule", *arguments]
        return subprocess.run(
            command,
            input=stdin,
            cwd=cwd,
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
    with tempfile.TemporaryDirectory(prefix="command-") as folder:
        files = [Path(folder) / name for name in ("in", "out", "err")]
        files[0].write_bytes(stdin.encode())
        asked = {
            "arguments": list(arguments),
            "cwd": str(cwd or Path.cwd()),
            "env": dict(env),
            "streams": list(map(str, files)),
        }
        status = _ask(asked, timeout)
        out, err = (path.read_text(encoding="utf-8") for path in files[1:])
    return Done(list(arguments), status, out, err)


def _ask(asked: dict[str, Any], timeout: float) -> int:
    """Return the exit status of one call; minus the number of the signal that ended it."""
    waiting, answers = _waiting()
    print(json.dumps(asked), file=waiting, flush=True)
    process, late = int(answers.readline()), threading.Event()

    def end() -> None:
        late.set()
        os.kill(process, 9)

    timer = threading.Timer(timeout, end)
    timer.start()
    status = int(answers.readline())
    timer.cancel()
    if late.is_set():
        raise subprocess.TimeoutExpired(asked["arguments"], timeout)
    return status


@cache
def _waiting() -> tuple[IO[str], IO[str]]:
    """Start the Python that waits; return where it is asked, and where it answers."""
    process = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # A fork has one thread alone: Arrow's other pools keep one of their own.
        env=os.environ | {"PYTHONPATH": str(_SOURCE), "ARROW_DEFAULT_MEMORY_POOL": "system"},
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def stop() -> None:
        process.communicate()  # closes what it reads: it ends

    atexit.register(stop)
    return process.stdin, process.stdout


def _load() -> None:
    import safeschedule

    def wanted(name: str) -> bool:
        return name.removeprefix("safeschedule.").split(".")[0] not in _NOT_LOADED

    names = [each.name for each in pkgutil.iter_modules(safeschedule.__path__, "safeschedule.")]
    for name in filter(wanted, names):
        package = importlib.import_module(name)
        for below in pkgutil.walk_packages(getattr(package, "__path__", ()), name + "."):
            try:
                importlib.import_module(below.name)
            except ImportError:
                continue  # a library that may be missing is; the command will say so


def _become(asked: dict[str, Any]) -> None:
    """Make this process what a new Python would be for the command."""
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    for number, name in enumerate(asked["streams"]):
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT)
        os.dup2(descriptor, number)
        os.close(descriptor)
    # ruff: noqa: SIM115  (they are open until the process ends)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.__stderr__ = open(
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    sys.path[0] = asked["cwd"]
    sys.argv = ["safeschedule", *asked["arguments"]]


def _serve() -> dict[str, Any] | None:
    """Fork for each call; return what is asked in the child, and nothing when nobody asks any more."""
    import gc

    _load()
    gc.collect()
    gc.freeze()  # children do not go through what is loaded
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asked: dict[str, Any] = json.loads(line)
            return asked
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return None


if __name__ == "__main__":
    call = _serve()
    if call is not None:
        import runpy

        _become(call)
        runpy.run_module("safeschedule", run_name="__main__", alter_sys=True)
