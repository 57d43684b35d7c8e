"""Each solver under `solvers/` is a package that installs alone and names itself."""

from __future__ import annotations

import configparser
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from safeschedule import __version__
from tests.packaging.conftest import ROOT, Run

# One worker: building writes beside the sources.
pytestmark = pytest.mark.xdist_group("wheel")

GROUP = "safeschedule.solvers"
FOLDERS = sorted(path.parent for path in (ROOT / "solvers").glob("*/pyproject.toml"))
MAIN = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def project(folder: Path) -> dict[str, Any]:
    """Give what a plug-in says of itself."""
    found: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_there_are_plug_ins() -> None:
    """If it fails, the tests below look at nothing."""
    assert {"mathopt", "template"} <= {folder.name for folder in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_fits_the_library(folder: Path) -> None:
    """If it fails, a plug-in cannot be asked for by its name, or installs without the library."""
    said = project(folder)
    assert said["name"] == f"safeschedule-{folder.name}"
    assert folder.name in said["entry-points"][GROUP]
    assert said["version"] == __version__
    release = __version__.rsplit(".", 1)[0]
    assert f"safeschedule>={release}" in said["dependencies"]
    assert (said["license"], said["requires-python"]) == (MAIN["license"], MAIN["requires-python"])
    assert (folder / said["readme"]).stat().st_size > 200
    assert list((folder / "tests").glob("test_*.py"))


def test_no_two_solvers_have_one_name() -> None:
    """If it fails, which of two solvers plans depends on the order in which they were installed."""
    names = [name for folder in FOLDERS for name in project(folder)["entry-points"][GROUP]]
    assert len({*names, *MAIN["entry-points"][GROUP]}) == len(names) + 1


def test_the_index_names_them_all() -> None:
    """If it fails, somebody looks for a solver in the list and does not find it."""
    index = (ROOT / "solvers" / "README.md").read_text(encoding="utf-8")
    names = [name for folder in FOLDERS for name in project(folder)["entry-points"][GROUP]]
    assert [name for name in names if f"`{name}`" not in index] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_its_wheel_is_whole(folder: Path, run: Run, tmp_path: Path) -> None:
    """If it fails, what a user installs lacks a file, or cannot be found by its name."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, folder)
    (built,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        packed = set(archive.namelist())
        (entries,) = (name for name in packed if name.endswith(".dist-info/entry_points.txt"))
        points = configparser.ConfigParser()
        points.read_string(archive.read(entries).decode())
    source = folder / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files <= packed
    assert any(name.endswith("/py.typed") for name in packed)
    for target in points[GROUP].values():
        module = target.split(":")[0].replace(".", "/")
        assert packed & {f"{module}.py", f"{module}/__init__.py"}
