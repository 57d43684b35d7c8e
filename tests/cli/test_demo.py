"""``safeschedule demo``: what somebody sees first."""

from pathlib import Path

import pytest

from tests.cli.conftest import Done, run

pytestmark = pytest.mark.xdist_group("demo")  # one worker, so that the demo runs once


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Run the demo as the makefile does, but for a shorter search."""
    folder = tmp_path_factory.mktemp("demo")
    return run("demo", "--out", "demo-out", "--time-limit", "10", cwd=folder), folder / "demo-out"


def test_it_ends_well_and_fits_eighty_columns(shown: tuple[Done, Path]) -> None:
    """The first thing anybody tries would fail, or come out in broken lines."""
    done, _ = shown
    assert done.returncode == 0, done.stderr
    assert "Every hard rule is kept." in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_it_writes_what_it_names(shown: tuple[Done, Path]) -> None:
    """Somebody would look for a file that is not there."""
    done, folder = shown
    names = {path.name for path in folder.iterdir()}
    assert names == {"rota.html", "rota.csv", "calendars", "problem.json", "schedule.json"}
    assert all(name in done.stdout for name in names)
    assert run("verify", folder / "problem.json", folder / "schedule.json").returncode == 0


def test_it_refuses_a_file_in_the_folders_place(tmp_path: Path) -> None:
    """Half a minute would pass before the demo says that it cannot write."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    assert run("demo", "--out", tmp_path / "taken").returncode == 2
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"
