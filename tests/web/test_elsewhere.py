"""Workers on other machines: a command of their own, over the database alone."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'safeschedule[postgres]'")

from safeschedule import Problem, Schedule
from safeschedule.web.jobs import ask_for, find_job
from safeschedule.web.storage import Store
from safeschedule.web.weeks import Actor
from safeschedule.web.weeks.changing import begin

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]


def command(url: str, folder: Path) -> subprocess.Popen[str]:
    """Start workers in an empty folder, as on a machine that shares nothing but the database."""
    folder.mkdir()
    words = [sys.executable, "-m", "safeschedule", "work", "--database", url]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_a_worker_elsewhere_takes_up_what_the_page_was_asked_for(
    new_postgres: Callable[[], str], tmp_path: Path, planned: tuple[Problem, Schedule]
) -> None:
    """A second machine would stay idle, or need a folder of the first."""
    store = Store(new_postgres())
    store.make()
    actor = Actor("S1", "scheduler")
    with store.deciding() as connection:
        week = begin(connection, actor, planned[0], None, "For a test")
        asked = {"seconds": 2.0, "workers": 1}
        code = ask_for(connection, "plan", week.code, 1, asked, "S1").code
    process = command(store.where, tmp_path / "elsewhere")
    try:
        job, latest, pause = None, time.monotonic() + 240, threading.Event().wait
        while (job is None or not job.ended) and time.monotonic() < latest:
            pause(0.3)
            with store.reading() as connection:
                job = find_job(connection, code)
    finally:
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=90)
    assert process.returncode == 0, out
    assert job is not None
    assert job.state == "done", out
    assert job.found is not None
    assert job.found["proposals"]
    assert list((tmp_path / "elsewhere").iterdir()) == []
    store.close()


def test_a_worker_says_that_a_database_is_none_of_this_release(
    new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    """It would start again and again over tables that are not there, or that are another release's."""
    process = command(new_postgres(), tmp_path / "elsewhere")
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 2, out
    assert "safeschedule serve" in out
