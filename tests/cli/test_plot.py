"""``safeschedule plot``."""

from __future__ import annotations

import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer

from safeschedule.cli import plot as command
from safeschedule.cli.plot import Plotted
from tests.cli.conftest import run


def test_a_week_is_drawn_for_its_owner_alone(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """The picture would be missing, or its codes open to everybody."""
    done = run("plot", problem, schedule, "--what", "week", "-o", tmp_path / "week.svg")
    assert (done.returncode, done.stderr) == (0, "")
    root = ElementTree.fromstring((tmp_path / "week.svg").read_bytes())
    assert "3 sessions" in (root.get("aria-label") or "")
    assert stat.S_IMODE((tmp_path / "week.svg").stat().st_mode) == 0o600


@pytest.mark.parametrize("what", list(Plotted))
def test_everything_is_told_in_words(
    what: Plotted, problem: Path, schedule: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever does not see the picture would be told of another one."""
    whose = "S1" if what is Plotted.GANTT else None
    command.plot(str(problem), str(schedule), what=what, clinician=whose, words=True)
    told = capsys.readouterr().out
    assert len(told.splitlines()) >= 2
    assert "\x1b" not in told


def test_a_picture_goes_to_standard_output(problem: Path, schedule: Path) -> None:
    """A program would have to read it from a file."""
    done = run("plot", problem, schedule, "--what", "load", "-o", "-")
    assert done.returncode == 0
    assert ElementTree.fromstring(done.stdout.encode()).get("role") == "img"


def test_waits_need_no_schedule(problem: Path, tmp_path: Path) -> None:
    """Somebody who only keeps a waitlist would have to plan a week first."""
    command.plot(str(problem), what=Plotted.WAITS, output=str(tmp_path / "waits.png"))
    assert (tmp_path / "waits.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--what", "week", "-o", "week.gif"), "unknown_value"),
        (("--what", "gantt", "--clinician", "S9", "-o", "week.svg"), "unknown_reference"),
        (("--what", "gantt", "-o", "week.svg"), "--clinician belongs to gantt"),
        (("--what", "circus", "-o", "week.svg"), "circus"),
        (("--what", "week", "-o", "no/week.svg"), "missing_folder"),
    ],
)
def test_what_makes_no_sense_ends_with_2(
    arguments: tuple[str, ...], told: str, problem: Path, schedule: Path, tmp_path: Path
) -> None:
    """A script would go on without its picture."""
    done = run("plot", problem, schedule, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_options_that_do_not_belong_together_are_refused(problem: Path, schedule: Path) -> None:
    """A picture would be made of something else than asked for."""
    for given in (
        {"what": Plotted.WEEK},
        {"what": Plotted.WEEK, "output": "-", "words": True},
        {"what": Plotted.LOAD, "words": True, "clinician": "S1"},
        {"what": Plotted.LOAD, "words": True, "actuals": Path("past")},
    ):
        with pytest.raises(typer.BadParameter):
            command.plot(str(problem), str(schedule), **given)  # type: ignore[arg-type]
    with pytest.raises(typer.BadParameter):
        command.plot(str(problem), what=Plotted.WEEK, words=True)
