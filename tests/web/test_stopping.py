"""The whole command ends soon after it is told to, whatever runs then, and loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from safeschedule.samples import generate
from safeschedule.web.auth import grants
from safeschedule.web.auth.accounts import add_account
from safeschedule.web.jobs import ask_for, find_job
from safeschedule.web.storage import Store
from safeschedule.web.weeks import Actor
from safeschedule.web.weeks.changing import begin
from tests.web.serving import free_port, wait_for

pytestmark = pytest.mark.slow

SOON = 20
"""Seconds in which everything has to be over; a job that is asked for here takes minutes."""


def started(folder: Path, port: int, *more: str) -> subprocess.Popen[str]:
    """Start the command on a folder."""
    command = [sys.executable, "-m", "safeschedule", "serve", "--data", str(folder), "--port", str(port)]
    return subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_soon_while_a_job_runs_and_somebody_watches_it(tmp_path: Path, number: int) -> None:
    """Who stops it would wait for a search, or for whoever has a page open; or the job would be lost."""
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    store.make()
    problem = generate(8, 1)
    with store.writing() as connection:
        add_account(connection, "S1", "scheduler", "test")
        key = grants.give(connection, grants.PROGRAM, "S1", "test")
    with store.deciding() as connection:
        week = begin(connection, Actor("S1", "scheduler"), problem, None, "For a test")
        asked = {"seconds": 300.0, "workers": 1}
        job = ask_for(connection, "plan", week.code, 1, asked, "S1").code
    port = free_port()
    process = started(tmp_path / "data", port)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/jobs/{job}/events", headers={"Authorization": f"Bearer {key}"}
        )
        with urllib.request.urlopen(request, timeout=120) as stream:
            assert stream.readline().startswith(b"id: ")  # it runs, and tells
            process.send_signal(number)
            out, _ = process.communicate(timeout=SOON)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, out
    with store.reading() as connection:
        found = find_job(connection, job)
    store.close()
    assert (found.state, found.tries) == ("queued", 0)


def test_it_ends_soon_while_the_demonstration_is_planned(tmp_path: Path) -> None:
    """Who changes their mind at once would wait until the made-up team has its week."""
    process = started(tmp_path / "data", free_port(), "--demo")
    try:
        assert process.stdout is not None
        assert "Planning" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SOON)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0


def test_what_runs_a_job_is_gone_when_everything_round_it_was_killed(tmp_path: Path) -> None:
    """A search that nobody asks for any more would go on, and keep what waits for its output waiting."""
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    store.make()
    with store.writing() as connection:
        add_account(connection, "S1", "scheduler", "test")
        key = grants.give(connection, grants.PROGRAM, "S1", "test")
    with store.deciding() as connection:
        week = begin(connection, Actor("S1", "scheduler"), generate(8, 1), None, "For a test")
        job = ask_for(connection, "plan", week.code, 1, {"seconds": 300.0, "workers": 1}, "S1").code
    port = free_port()
    process = started(tmp_path / "data", port)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/jobs/{job}/events", headers={"Authorization": f"Bearer {key}"}
        )
        with urllib.request.urlopen(request, timeout=120) as stream:
            assert stream.readline().startswith(b"id: ")
            process.kill()
            process.communicate(timeout=SOON)  # it returns when nobody holds the output open any more
    finally:
        store.close()
