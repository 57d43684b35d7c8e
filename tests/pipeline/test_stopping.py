"""A solve that is stopped ends with what it has, verified, or says that it has nothing."""

from __future__ import annotations

import threading

import pytest

from safeschedule import Result, solve, verify
from safeschedule.catalogue import Tier, rules
from safeschedule.result import Status
from safeschedule.solving.progress import Progress
from tests.solving.weeks import crowded

FAR = 3600.0


def check_stopped(result: Result) -> None:
    """Assert that the result says so, and holds only what is verified."""
    assert result.interrupted
    if result.schedule is None:
        assert result.status is Status.UNKNOWN
        assert result.explanation
        assert not result.verified
    else:
        assert verify(crowded(), result.schedule).compliant
        assert result.verified


@pytest.mark.parametrize("limit", [{"time_limit": FAR}, {"time_limit": None}, {"deterministic_limit": FAR}])
def test_stopped_before_it_began(limit: dict[str, float | None]) -> None:
    """If it fails, a stop that comes early is lost and the search runs to its limit."""
    stop = threading.Event()
    stop.set()
    check_stopped(solve(crowded(), stop=stop, workers=2, **limit))  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [{"time_limit": FAR}, {"deterministic_limit": FAR}])
@pytest.mark.parametrize("phase", ["plan", "times"])
def test_stopped_at_a_phase(phase: str, limit: dict[str, float]) -> None:
    """If it fails, a stop inside a phase runs on to a limit an hour away."""
    stop = threading.Event()

    def told(progress: Progress) -> None:
        if progress.phase == phase:
            stop.set()

    check_stopped(solve(crowded(), stop=stop, workers=2, on_progress=told, **limit))  # type: ignore[arg-type]


def test_stopped_with_a_first_schedule() -> None:
    """If it fails, the schedule that was there when the stop came is thrown away."""
    stop = threading.Event()

    def told(progress: Progress) -> None:
        if progress.best is not None:
            stop.set()

    result = solve(crowded(), time_limit=FAR, stop=stop, workers=2, on_progress=told)
    check_stopped(result)
    assert result.schedule is not None


def test_not_stopped() -> None:
    """If it fails, a solve that ran to its end is reported as interrupted."""
    assert not solve(crowded(2), deterministic_limit=1, workers=1).interrupted


def test_progress_only_gets_better() -> None:
    """If it fails, people watching see the best go down or time run backwards."""
    seen: list[Progress] = []
    # Without the tiers below service, of which a little is given up for more of the stronger ones.
    weaker = [name for name, rule in rules().items() if rule.tier in (Tier.FAIRNESS, Tier.PREFERENCE)]
    problem = crowded(rulebook={"rules": {name: {"enabled": False} for name in weaker}})
    result = solve(problem, deterministic_limit=2, workers=1, on_progress=seen.append)
    phases = list(dict.fromkeys(p.phase for p in seen))
    assert phases[:3] == ["build", "construction", "plan"]
    assert "times" in phases
    assert [p.seconds for p in seen] == sorted(p.seconds for p in seen)
    leading = [p.best for p in seen if p.best is not None and p.phase in ("times", "improve")]
    assert leading == sorted(leading)
    assert all(p.best <= p.bound for p in seen if p.best is not None and p.bound is not None)
    urgent, service, *_ = result.tiers
    assert urgent.objective + service.objective >= leading[-1]
