"""The back-end under the contract of all back-ends, and on weeks of real size."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest

from safeschedule import solve, verify
from safeschedule.result import Status
from safeschedule.samples import generate
from safeschedule.solving.backend import Limits, SolverUnavailableError, backends, find_backend
from safeschedule.testing import check_backend


def test_it_is_found_by_its_name() -> None:
    """If it fails, the package is installed but its solver cannot be asked for."""
    assert "timefold" in backends()
    assert find_backend("timefold").name == "timefold"


def test_it_keeps_the_contract(java: Any) -> None:
    """If it fails, the solver hands over something that is not so, or does not end when told to."""
    assert java  # the virtual machine takes seconds to start, once
    check_backend(find_backend("timefold"), time_limit=5)


@pytest.mark.parametrize("clinicians", [5, 10])
def test_a_week_of_real_size_is_planned(clinicians: int) -> None:
    """If it fails, the engine finds no good week where there is one, or one that the verifier refuses."""
    problem = generate(clinicians, seed=1)
    result = solve(problem, solver="timefold", deterministic_limit=1.5, seed=1)
    assert result.status is Status.FEASIBLE
    assert result.verified
    assert result.placed >= 0.8 * sum(request.count for request in problem.requests)


def test_phases_tell_where_the_search_stood() -> None:
    """If it fails, a reader of the result cannot see which phase found what."""
    found = find_backend("timefold").solve(generate(4, seed=1), Limits(None, deterministic_limit=0.2))
    assert [phase.name for phase in found.phases] == ["model", "blocks", "sessions", "improve"]
    assert found.phases[2].best is not None
    assert found.phases[3].best is not None
    assert found.phases[3].best >= found.phases[2].best
    assert found.bounds == ()


def test_stopped_before_it_begins_it_ends_without_a_claim() -> None:
    """If it fails, a stop is lost, or a half-made week is handed over."""
    stop = threading.Event()
    stop.set()
    problem = generate(10, seed=1)
    found = find_backend("timefold").solve(problem, Limits(None, stop=stop))
    assert found.explanation if found.schedule is None else verify(problem, found.schedule).compliant
    assert not found.infeasible


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, a user without Java gets a stack trace instead of a way out."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SolverUnavailableError, match="Java development kit"):
        find_backend("timefold")


def test_a_process_ends_whichever_thread_has_solved() -> None:
    """If it fails, the command hangs at its end: Java waits for a thread that is no more."""
    code = (
        "import threading; from safeschedule_timefold import engine;"
        "t = threading.Thread(target=engine.start); t.start(); t.join(); print('done')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "done")
