"""The whole application as `safeschedule serve` runs it, for benchmarks and tests."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.instances import Instance

if TYPE_CHECKING:
    from safeschedule import Schedule

_TRIES, _PAUSE = 900, 0.2
_ENDS = 90
"""Seconds in which it has to end, on a machine that does much else."""


def planned(instance: Instance, seconds: float, where: str, people: int) -> tuple[str, Schedule]:
    """Plan a week, keep it with schedulers S0 and so on; return the week's code and the schedule."""
    from safeschedule import solve
    from safeschedule.web.auth.accounts import add_account
    from safeschedule.web.storage import Store
    from safeschedule.web.weeks import Actor
    from safeschedule.web.weeks.changing import begin

    problem = instance.problem()
    schedule = solve(problem, time_limit=seconds).schedule
    if schedule is None:
        raise ValueError(f"no schedule of {instance.name} was found")
    store = Store(where)
    store.make()
    with store.writing() as connection:
        for number in range(people):
            add_account(connection, f"S{number}", "scheduler", "benchmark")
    with store.deciding() as connection:
        week = begin(connection, Actor("S0", "scheduler"), problem, schedule, "For a benchmark").code
    store.close()
    return week, schedule


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command(where: Sequence[str], port: int) -> list[str]:
    """Return the command that serves with some options at a port."""
    return [sys.executable, "-m", "safeschedule", "serve", *where, "--port", str(port)]


@contextmanager
def served(where: Sequence[str]) -> Iterator[str]:
    """Run the command with some options, and give its address; what it says is told when it fails.

    Raises
    ------
    AssertionError
        It does not answer, or ends badly.
    """
    port = free_port()
    with subprocess.Popen(
        command(where, port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=_ENDS)
        if process.returncode != 0:
            raise AssertionError(out)


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    """Return when it answers.

    Raises
    ------
    AssertionError
        It has ended, or does not answer.
    """
    for _ in range(_TRIES):
        if process.poll() is not None:
            raise AssertionError(process.stdout and process.stdout.read())
        try:
            with urllib.request.urlopen(f"{address}/healthy", timeout=2):
                return
        except OSError:
            time.sleep(_PAUSE)
    raise AssertionError("it does not answer")
