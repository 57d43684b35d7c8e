"""``safeschedule capacity``, and the rubric of ``safeschedule bands``."""

import json
from pathlib import Path

import pytest

from safeschedule.caseload.rubrics import example_rubric, example_rubric_text
from safeschedule.cli import bands, capacity
from safeschedule.problem import Problem
from tests.caseload.team import client, problem
from tests.cli.conftest import run, save


def test_capacity_from_the_example_to_a_team(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The example would not be read, or the team ask for something else than what is promised."""
    done = run("capacity", "--example", "-o", "assumptions.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    file, team = str(tmp_path / "assumptions.toml"), str(tmp_path / "team.json")
    capacity.capacity(file, team=team)
    told = capsys.readouterr().out
    assert "Sustainable for each FTE: 19 sessions" in " ".join(told.split())
    week = Problem.model_validate_json(Path(team).read_text(encoding="utf-8"))
    assert sum(request.count for request in week.requests) == 8 * 19


def test_capacity_as_json(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A program would get other figures than people."""
    file = save(tmp_path, "sessions_a_day = 8\n", "assumptions.toml")
    capacity.capacity(str(file), as_json=True)
    told = json.loads(capsysbinary.readouterr().out)
    assert (told["sessions"], told["expected"], told["binding"]) == (19, 40, "caseload_cap")


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"assumptions": "a.toml", "example": True},
        {"assumptions": "a.toml", "output": "x"},
        {"example": True, "as_json": True},
    ],
)
def test_capacity_refuses_what_cannot_be_meant(arguments: dict[str, object]) -> None:
    """A file would be written over by half of a command."""
    with pytest.raises(capacity.typer.BadParameter):
        capacity.capacity(**arguments)  # type: ignore[arg-type]


def test_a_rubric_proposes_and_a_confirmation_has_its_sum(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A band would be on record without the sum by which it was proposed."""
    team = save(tmp_path, problem(client("K1"), client("K2")).model_dump_json(), "team.json")
    rubric = save(tmp_path, example_rubric_text(), "rubric.toml")
    worst = {item.id: list(item.answers)[-1] for item in example_rubric().items}
    answers = save(tmp_path, {"clients": {"K1": worst}}, "answers.json")
    out = str(tmp_path / "after.json")
    bands.bands(
        str(team),
        confirm=["K1=very_high"],
        by="C1",
        output=out,
        rubric=str(rubric),
        answers=str(answers),
        as_json=True,
    )
    told = json.loads(capsysbinary.readouterr().out)
    assert [(s["client"], s["score"], s["proposed"]) for s in told["scored"]] == [("K1", 19, "very_high")]
    assert told["confirmed"][0]["reason"] == told["scored"][0]["sentence"]
    with pytest.raises(bands.typer.BadParameter):
        bands.bands(str(team), rubric=str(rubric))
