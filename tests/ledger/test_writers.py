"""Several processes append at once: nothing is lost, and a writer that is killed breaks nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from safeschedule.ledger import ConcernRaised, Ledger
from tests.ledger.statements import concern

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from safeschedule.ledger import Ledger
from tests.ledger.statements import concern

where, name, many = sys.argv[1], sys.argv[2], int(sys.argv[3])
ledger = Ledger(where, create=True)
print("ready", flush=True)
for number in range(many):
    ledger.add(concern(f"{name} {number}"))
    print(number, flush=True)
"""


def writer(where: str, name: str, many: int) -> subprocess.Popen[str]:
    """Start a process that writes concerns down, and says which it has."""
    command = [sys.executable, "-c", WRITER, where, name, str(many)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def texts(where: str) -> list[str]:
    ledger = Ledger(where)
    assert ledger.verify().sound
    contents = [entry.content for entry in ledger.entries()]
    return [content.concern for content in contents if isinstance(content, ConcernRaised)]


def all_at_once(where: str, processes: int, many: int) -> None:
    """Let processes begin a ledger together and write it full; nothing of it may be lost."""
    running = [writer(where, f"w{number}", many) for number in range(processes)]
    for process in running:
        process.communicate(timeout=900)
        assert process.returncode == 0
    found = texts(where)
    assert Counter(found) == Counter(f"w{n} {k}" for n in range(processes) for k in range(many))
    # Each writer's own are in the order in which it wrote them.
    assert all(
        [t for t in found if t.startswith(f"w{n} ")] == [f"w{n} {k}" for k in range(many)]
        for n in range(processes)
    )


@pytest.mark.slow
def test_writers_at_once_lose_nothing(where: str) -> None:
    """Two who write at the same moment would take each other's place in the chain."""
    all_at_once(where, processes=4, many=40)


@pytest.mark.slow
@pytest.mark.long
def test_eight_writers_of_a_thousand_entries_lose_nothing(where: str) -> None:
    """A busy service would lose decisions in the long run."""
    all_at_once(where, processes=8, many=1000)


@pytest.mark.slow
def test_writers_that_are_killed_leave_a_valid_chain(where: str) -> None:
    """A crash in the middle of an entry would end the record, or lose what was written before it."""
    Ledger(where, create=True)
    told: list[str] = []
    for round_ in range(2):
        names = [f"r{round_}w{number}" for number in range(3)]
        running = {name: writer(where, name, 10_000) for name in names}
        for number, (name, process) in enumerate(running.items(), start=1):
            assert process.stdout is not None
            told += (f"{name} {process.stdout.readline().strip()}" for _ in range(4 * number))
            process.send_signal(signal.SIGKILL)
        for process in running.values():
            process.communicate(timeout=60)
    told = [line for line in told if not line.endswith("ready")]
    assert len(told) == 2 * (3 + 7 + 11)
    # What a writer said that it wrote is there; more may be.
    assert set(told) <= set(texts(where))
    Ledger(where).add(concern("afterwards"))
    assert texts(where)[-1] == "afterwards"
