"""What a user installs is the wheel: it holds every file of the package, and solves."""

import re
import zipfile
from pathlib import Path

import pytest

from tests.packaging.conftest import Run

pytestmark = pytest.mark.xdist_group("wheel")  # one worker, so that the wheel is built once

SOURCE = Path(__file__).parents[2] / "src"


def test_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = (path.relative_to(SOURCE) for path in SOURCE.rglob("*") if path.is_file())
    caches = re.compile(r"(^|/)(__pycache__|\.)")
    assert packed == {path.as_posix() for path in files if not caches.search(path.as_posix())}


def test_says_that_it_is_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert "safeschedule/py.typed" in archive.namelist()


def test_carries_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE")]


def test_is_what_gets_imported(installed: Path, run: Run) -> None:
    where = "import safeschedule; print(safeschedule.__file__)"
    assert installed.parent in Path(run(installed / "python", "-I", "-c", where).stdout).parents


@pytest.mark.slow
def test_plans_the_sample_week(installed: Path, run: Run, tmp_path: Path) -> None:
    run(installed / "safeschedule", "demo", "--out", tmp_path / "out")
    assert (tmp_path / "out" / "schedule.json").stat().st_size > 0
