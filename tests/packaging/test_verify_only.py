"""The verifier alone: a service that checks weeks installs nothing that plans, draws or talks to people."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterable
from email.parser import Parser
from importlib.metadata import distribution, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from safeschedule.samples import sample
from tests.packaging.conftest import ROOT, Run

pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.slow]

MOST = 60 * 2**20
VERIFY = """
import sys, time
begun = time.process_time()
from safeschedule import Schedule, read_problem, verify
took = time.process_time() - begun
problem = read_problem(sys.argv[1])
account = verify(problem, Schedule(week_start=problem.week_start, time_zone=problem.time_zone))
assert type(account).from_dict(account.to_dict()) == account
print(took, account.compliant, *sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[2:])))
"""
UNWANTED = ("jinja2", "numpy", "ortools", "pandas", "rich", "typer")


def _due(lines: Iterable[str]) -> set[str]:
    """Return the distributions that requirements ask for, and what these ask for."""
    found: set[str] = set()
    for line in lines:
        required = Requirement(line)
        name = canonicalize_name(required.name)
        if (required.marker is None or required.marker.evaluate({"extra": ""})) and name not in found:
            found |= {name} | _due(requires(name) or ())
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Build the wheel of the verifier alone."""
    folder = tmp_path_factory.mktemp("small")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT / "verify")
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def due(small: Path) -> set[str]:
    """Give what the wheel itself says that it needs, and what that needs."""
    with zipfile.ZipFile(small) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        told = Parser().parsestr(archive.read(name).decode())
    return _due(told.get_all("Requires-Dist") or ())


@pytest.fixture(scope="module")
def alone(small: Path, due: set[str], tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Give the scripts folder of an environment that has the wheel and what the verifier needs."""
    folder = tmp_path_factory.mktemp("alone")
    venv.create(folder, symlinks=os.name != "nt")
    place = {"base": str(folder), "platbase": str(folder)}
    scripts = Path(sysconfig.get_path("scripts", "venv", place))
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", small)
    packages = Path(sysconfig.get_path("purelib", "venv", place))
    for name in due:
        for file in distribution(name).files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = packages / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), target)
    return scripts


@pytest.fixture(scope="module")
def answer(alone: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> list[str]:
    """Give what a verification in that environment says, the second time, when all is compiled."""
    file = tmp_path_factory.mktemp("problem") / "problem.json"
    file.write_text(json.dumps(sample().to_dict()), encoding="utf-8")
    command = (alone / "python", "-I", "-c", VERIFY, file, *UNWANTED)
    return [run(*command).stdout for _ in range(2)][-1].split()


def test_it_is_small_and_has_no_solver(alone: Path, due: set[str]) -> None:
    """A checking service would be built with 100 MB that it never uses."""
    assert not due & set(UNWANTED)
    packages = next(alone.parent.rglob("site-packages"))
    size = sum(file.stat().st_size for file in packages.rglob("*") if file.suffix != ".pyc")
    assert size < MOST, f"{size / 2**20:.0f} MiB"


def test_it_verifies(answer: list[str]) -> None:
    """What is left would lack something that a check needs."""
    took, compliant, *loaded = answer
    assert (compliant, loaded) == ("False", [])
    # Half a second where the machine is quiet; processor time, threefold, for one that is not.
    assert float(took) < 1.5


def test_what_is_missing_is_named(alone: Path) -> None:
    """Somebody would be told of a module that they have never heard of."""
    command = (alone / "python", "-I", "-c", "import safeschedule; safeschedule.solve")
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "pip install safeschedule" in done.stderr


def test_it_says_the_same_as_the_whole_package() -> None:
    """A release of the one would be taken for one of the other, or ask for another pydantic."""
    whole, alone = (
        tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for folder in (ROOT, ROOT / "verify")
    )
    assert alone["dynamic"] == whole["dynamic"] == ["version"]
    assert set(alone["dependencies"]) < set(whole["dependencies"])
