"""Solvers that come from other packages: found by name, and believed in nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from safeschedule import DisagreementError, solve
from safeschedule.result import Status
from safeschedule.solving.backend import (
    Limits,
    SolverUnavailableError,
    UnknownSolverError,
    backends,
    chosen_for,
    find_backend,
)
from safeschedule.solving.builtin import CpSat
from safeschedule.testing.weeks import known_weeks
from tests.cli.conftest import environment, save, tiny

ORDINARY, CROWDED = (week.problem for week in known_weeks()[:2])
PLUG_IN = """
from dataclasses import replace
from safeschedule.solving.backend import Found, SolverUnavailableError
from safeschedule.solving.builtin import CpSat
from safeschedule.solving.outcome import Phase


class Honest:
    name = "honest"

    def change(self, found):
        return found

    def solve(self, problem, limits):
        found = CpSat().solve(problem, replace(limits, time_limit=None, deterministic_limit=1.0))
        return self.change(found)


class Careless(Honest):
    def change(self, found):
        return replace(found, schedule=found.schedule.model_copy(update={"blocks": ()}))


class Boastful(Honest):
    def change(self, found):
        return replace(found, bounds=(1.0, -5.0))


class Modest(Honest):
    def change(self, found):
        return replace(found, bounds=(None,), account=None, phases=(Phase("guess", 0.5, 1.0),) * 2)


class Unclear(Honest):
    def change(self, found):
        return replace(found, bounds=(float("nan"), float("nan")))


class Forgetful(Honest):
    def change(self, found):
        last = found.schedule.appointments[-1]
        after = {block for block in found.schedule.blocks if block.kind == "recovery"}
        blocks = tuple(b for b in found.schedule.blocks if b not in after or b.clinicians != last.clinicians)
        kept = {"appointments": found.schedule.appointments[:-1], "blocks": blocks}
        return replace(found, schedule=found.schedule.model_copy(update=kept), account=None)


class Hopeless(Honest):
    def change(self, found):
        return Found(None, explanation=("The engine ran out of paper.",))


class Unlicensed:
    def __init__(self):
        raise SolverUnavailableError("unlicensed", "Its licence is not installed. Maybe buy one.")


class Shapeless:
    pass


def of_two(problem):
    return len(problem.clinicians) == 2


def failing(problem):
    raise RuntimeError("no idea")


def vague(problem):
    return "perhaps"
"""
NAMES = (
    *("honest", "careless", "boastful", "modest", "unclear", "forgetful", "hopeless"),
    *("unlicensed", "shapeless"),
)


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a package of solvers, as far as Python looks: a module, and metadata that names them."""
    (tmp_path / "peculiar.py").write_text(PLUG_IN, encoding="utf-8")
    metadata = tmp_path / "peculiar-1.dist-info"
    metadata.mkdir()
    head = "Metadata-Version: 2.1\nName: peculiar\nVersion: 1\n"
    (metadata / "METADATA").write_text(head, encoding="utf-8")
    lines = [f"{name} = peculiar:{name.title()}" for name in NAMES]
    asked = ["careless = peculiar:failing", "boastful = peculiar:vague", "honest = peculiar:of_two"]
    text = "\n".join(["[safeschedule.solvers]", *lines, "broken = peculiar:nothing", ""])
    text += "\n".join(["[safeschedule.specialists]", *asked, "broken = peculiar:nothing", ""])
    (metadata / "entry_points.txt").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "peculiar", raising=False)
    return tmp_path


def test_installed_solvers_are_found(plug_in: Path) -> None:
    """If it fails, a solver is installed and cannot be asked for."""
    assert plug_in.exists()
    assert {"cpsat", *NAMES} <= set(backends())
    assert find_backend("honest").name == "honest"
    assert isinstance(find_backend("cpsat"), CpSat)


def test_a_specialist_plans_unasked_what_it_is_made_for(plug_in: Path) -> None:
    """Otherwise its weeks are planned by another solver, or one that fails or is vague takes every solve."""
    assert plug_in.exists()
    two = ORDINARY.model_copy(update={"clinicians": (ORDINARY.clinicians[0],) * 2})
    one = ORDINARY.model_copy(update={"clinicians": ORDINARY.clinicians[:1]})
    assert (chosen_for(two), chosen_for(one)) == ("honest", "cpsat")


def test_unknown_solver_is_refused_with_those_installed() -> None:
    """If it fails, a slip in a name says nothing of the right ones, or plans with another solver."""
    with pytest.raises(UnknownSolverError) as raised:
        solve(ORDINARY, solver="abacus")
    assert "'abacus'" in str(raised.value)
    assert "cpsat" in str(raised.value)
    assert "pip install" in str(raised.value)


@pytest.mark.parametrize("name", ["unlicensed", "broken", "shapeless"])
def test_solver_that_cannot_be_used_says_why(name: str, plug_in: Path) -> None:
    """If it fails, a plug-in without its engine ends in an error of Python, or takes the others with it."""
    assert plug_in.exists()
    with pytest.raises(SolverUnavailableError, match=r"licence|nothing|no name") as raised:
        find_backend(name)
    assert raised.value.solver == name
    assert find_backend("cpsat").name == "cpsat"


def test_another_solver_is_judged_as_the_built_in_one_is(plug_in: Path) -> None:
    """If it fails, the same schedule has another objective when another solver gives it."""
    assert plug_in.exists()
    other = solve(CROWDED, solver="honest", seed=2, workers=1)
    own = solve(CROWDED, solver="cpsat", deterministic_limit=1.0, seed=2, workers=1)
    assert other.schedule is not None
    assert own.schedule is not None
    # The file says which solver made it; nothing else of it differs.
    nameless = [made.model_copy(update={"provenance": None}) for made in (other.schedule, own.schedule)]
    assert nameless[0] == nameless[1]
    assert other.tiers == own.tiers
    assert (other.provenance.solver, own.provenance.solver) == ("honest", "cpsat")
    assert other.provenance.solver_package == "peculiar 1"
    assert own.provenance.solver_package.startswith("safeschedule ")


def test_schedule_that_breaks_a_rule_is_not_returned(plug_in: Path) -> None:
    """If it fails, a schedule reaches a clinic because its solver holds it to be right."""
    assert plug_in.exists()
    with pytest.raises(DisagreementError) as raised:
        solve(ORDINARY, solver="careless")
    assert any(line.startswith("verifier: ") for line in raised.value.account)


def test_bound_below_the_objective_is_not_believed(plug_in: Path) -> None:
    """If it fails, a false proof makes a schedule optimal, or its gap smaller than it is."""
    assert plug_in.exists()
    result = solve(CROWDED, solver="boastful")
    assert result.status is Status.FEASIBLE
    assert result.verified
    assert all(tier.bound >= tier.objective for tier in result.tiers)
    assert any("cannot exceed 1" in sentence for sentence in result.explanation)
    assert result.tiers[-1].bound == 0


@pytest.mark.parametrize("name", ["modest", "unclear"])
def test_without_a_proof_only_what_is_asked_for_bounds(name: str, plug_in: Path) -> None:
    """If it fails, a solver that proves nothing looks optimal, or its result has no gap at all."""
    assert plug_in.exists()
    result = solve(CROWDED, solver=name)
    penalties = result.verification.penalties if result.verification else {}
    assert result.status is Status.FEASIBLE
    (service,) = (tier for tier in result.tiers if tier.tier == "service")
    assert service.bound == service.rules["access"] + penalties["access"]
    assert not any("cannot exceed" in sentence for sentence in result.explanation)


def test_what_another_solver_leaves_out_is_put_in(plug_in: Path) -> None:
    """If it fails, a session that fits at no cost is left out because another engine forgot it."""
    assert plug_in.exists()
    honest, forgetful = (solve(ORDINARY, solver=name) for name in ("honest", "forgetful"))
    assert honest.placed > 0
    assert forgetful.placed == honest.placed
    assert forgetful.verified
    assert forgetful.objective is not None
    assert forgetful.bound is not None
    assert forgetful.objective <= forgetful.bound


def test_phases_of_one_name_are_added(plug_in: Path) -> None:
    """If it fails, a phase that comes twice counts once in the seconds by phase."""
    assert plug_in.exists()
    result = solve(CROWDED, solver="modest")
    assert result.seconds["guess"] == pytest.approx(1.0)
    assert [phase.name for phase in result.phases] == ["guess", "guess", "fill", "explain"]
    told = json.loads(json.dumps(result.to_dict(brief=True), allow_nan=False))["phases"]
    assert told[0] == {"name": "guess", "seconds": 0.5, "best": 1.0, "bound": None}


def test_no_schedule_comes_with_the_solvers_own_words(plug_in: Path) -> None:
    """If it fails, why a solver gave up is lost on the way."""
    assert plug_in.exists()
    result = solve(CROWDED, solver="hopeless")
    assert result.status is Status.UNKNOWN
    assert result.schedule is None
    assert result.explanation == ("The engine ran out of paper.",)


def test_limits_reach_the_solver() -> None:
    """If it fails, a stop that was set before is not heard by the solver that comes with the package."""
    limits = Limits(time_limit=None)
    limits.stop.set()
    assert CpSat().solve(CROWDED, limits).schedule is None


def command(plug_in: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command where the peculiar package is installed."""
    surroundings = environment()
    surroundings["PYTHONPATH"] = os.pathsep.join([surroundings["PYTHONPATH"], str(plug_in)])
    return subprocess.run(
        [sys.executable, "-m", "safeschedule", *map(str, arguments)],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_command_lists_solvers_and_takes_one(plug_in: Path, tmp_path: Path) -> None:
    """If it fails, the command cannot tell which solvers there are, or plans with another one."""
    listed = {row["solver"]: row for row in json.loads(command(plug_in, "solvers", "--json").stdout)}
    assert listed["cpsat"]["usable"] is True
    assert listed["unlicensed"] == {
        "solver": "unlicensed",
        "usable": False,
        "reason": "Its licence is not installed. Maybe buy one.",
    }
    assert "licence is not installed" in command(plug_in, "solvers").stdout
    out = tmp_path / "schedule.json"
    done = command(plug_in, "solve", save(tmp_path, tiny()), "-o", out, "--solver", "honest", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["provenance"]["solver"] == "honest"
    assert out.exists()


@pytest.mark.parametrize(
    ("solver", "status", "said"),
    [("abacus", 2, "Installed: "), ("unlicensed", 2, "Maybe buy one"), ("careless", 1, "disagree")],
)
def test_command_refuses_in_one_message(
    solver: str, status: int, said: str, plug_in: Path, tmp_path: Path
) -> None:
    """If it fails, a missing or lying solver leaves a file behind, or a wrong exit status."""
    out = tmp_path / "schedule.json"
    done = command(plug_in, "solve", save(tmp_path, tiny()), "-o", out, "--solver", solver, "--json")
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert not out.exists()
