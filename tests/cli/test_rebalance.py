"""``safeschedule rebalance``."""

import json
from pathlib import Path

import pytest

from safeschedule.cli import rebalance as command
from safeschedule.problem import Problem
from safeschedule.samples import sample
from tests.cli.conftest import run, save
from tests.rebalancing.test_rebalancing import crowded


def test_rebalance_tells_and_writes_what_is_taken(tmp_path: Path) -> None:
    """A client would be given to somebody else in the file than in the answer."""
    team = save(tmp_path, crowded().model_dump_json(), "team.json")
    done = run("rebalance", team, "--spread", "1", "--take", "1", "-o", "after.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "C1 carries 6 points, over the cap of 4." in done.stdout
    assert "1. 1 client moves" in done.stdout
    assert ["C1", "6", "4", "4", "0", "0", "12"] in [line.split() for line in done.stdout.splitlines()]
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines())
    after = Problem.model_validate_json((tmp_path / "after.json").read_text(encoding="utf-8"))
    assert [client.clinician for client in after.clients].count("C2") == 1


def test_as_json_it_is_of_its_schema_and_exits_with_1_where_somebody_stays_over(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A script would take a team that is still over its caps for one that is safe."""
    team = save(tmp_path, crowded(points=0).model_dump_json(), "team.json")
    with pytest.raises(command.typer.Exit) as ended:
        command.rebalance(str(team), spread=1, as_json=True)
    assert ended.value.exit_code == 1
    told = json.loads(capsysbinary.readouterr().out)
    assert (told["inside"], told["proven"], told["missing"][0]["points"]) == (False, True, 2)
    assert "problem" not in told


def test_a_number_of_transfers_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A service that can hand over two clients this week would be told of eight."""
    team = save(tmp_path, sample().model_dump_json(), "team.json")
    with pytest.raises(command.typer.Exit):
        command.rebalance(str(team), max_transfers=2, alternatives=0)
    told = capsys.readouterr().out
    assert "1. 2 clients move" in told
    assert "8 transfers would bring everyone inside; 2 were allowed." in told


@pytest.mark.parametrize(
    "arguments",
    [{"take": 1}, {"output": "x.json"}, {"take": 1, "output": "-", "as_json": True}],
)
def test_rebalance_refuses_what_cannot_be_meant(arguments: dict[str, object], tmp_path: Path) -> None:
    """A client would be given away by half of a command."""
    team = save(tmp_path, crowded().model_dump_json(), "team.json")
    with pytest.raises(command.typer.BadParameter):
        command.rebalance(str(team), **arguments)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["team.json"]
