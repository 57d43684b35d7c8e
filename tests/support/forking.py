"""The command in a process of its own, without the second in which a new Python loads its libraries.

A Python that has loaded them waits; each call forks it, and the child is the command from then on: with the
directory, environment, streams and end that ``python -m safeschedule`` has. Whoever tests how Python itself
begins, or signals, starts a new one.

A fork takes one thread along, and every lock that another thread holds stays locked for ever. So the Python
that waits counts its threads before each fork, and forks only when it has one alone. When it has more, or
when the system does not tell (only Linux does, in ``/proc``), the command runs in a new Python.
"""

from __future__ import annotations

import atexit
import importlib
import json
import math
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

Done = subprocess.CompletedProcess[str]

_SOURCE = Path(__file__).parents[2] / "src"
_NOT_LOADED = {"__main__", "plots", "testing", "web"}
_THREADS = Path("/proc/self/task")
_NOT_FORKED = 0
_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",  # numpy's
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # Arrow makes this pool even where it uses another
}
"""With these, libraries start no threads when they are loaded."""

_ONE_CALL = threading.Lock()


def run_command(
    arguments: Sequence[str],
    *,
    stdin: str = "",
    cwd: Path | None = None,
    env: Mapping[str, str],
    timeout: float = 120,
) -> Done:
    """Run the command with arguments to its end; what it reads and prints is UTF-8."""
    with tempfile.TemporaryDirectory(prefix="command-") as folder:
        files = [Path(folder) / name for name in ("in", "out", "err")]
        files[0].write_bytes(stdin.encode())
        asked = {
            "arguments": list(arguments),
            "cwd": str(cwd or Path.cwd()),
            "env": dict(env),
            "streams": list(map(str, files)),
        }
        status = _ask(asked, timeout) if _THREADS.is_dir() else None
        if status is None:
            return _run_new(asked, stdin, timeout)
        out, err = (path.read_text(encoding="utf-8") for path in files[1:])
    return Done(list(arguments), status, out, err)


def _run_new(asked: dict[str, Any], stdin: str, timeout: float) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "safeschedule", *asked["arguments"]],
        input=stdin,
        cwd=asked["cwd"],
        env=asked["env"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def _ask(asked: dict[str, Any], timeout: float) -> int | None:
    """Return the exit status of one call, or minus the signal that ended it; none if nothing was forked."""
    with _ONE_CALL:
        try:
            return _answer(start_waiting(), asked, timeout)
        except subprocess.TimeoutExpired:
            raise
        except BaseException:  # it was not heard to the end: the next call has another
            start_waiting.cache_clear()
            raise


def _answer(waiting: subprocess.Popen[str], asked: dict[str, Any], timeout: float) -> int | None:
    assert waiting.stdin is not None
    assert waiting.stdout is not None
    print(json.dumps(asked), file=waiting.stdin, flush=True)
    process = _number(waiting.stdout)
    if process == _NOT_FORKED:
        return None
    over, late = threading.Event(), threading.Event()

    def watch() -> None:
        for _ in range(math.ceil(timeout)):  # steps: time in which the machine slept, or all stood, is one
            if over.wait(1):
                return
        late.set()
        with suppress(ProcessLookupError):  # it has just ended by itself
            os.kill(process, signal.SIGKILL)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        status = _number(waiting.stdout)
    finally:
        over.set()
        watching.join()
    if late.is_set():
        raise subprocess.TimeoutExpired(asked["arguments"], timeout)
    return status


def _number(answers: IO[str]) -> int:
    line = answers.readline()
    if not line:
        raise RuntimeError("The Python that waits to be forked has ended.")
    return int(line)


@cache
def start_waiting() -> subprocess.Popen[str]:
    """Start the Python that waits: it is asked in a line, and answers with two."""
    process = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(_SOURCE)} | _ONE_THREAD,
    )

    def stop() -> None:
        try:
            process.communicate(timeout=10)  # closes what it reads: it ends
        except subprocess.TimeoutExpired:
            process.kill()

    atexit.register(stop)
    return process


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
        if len(list(_THREADS.iterdir())) > 1:
            print(_NOT_FORKED, flush=True)
            continue
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
