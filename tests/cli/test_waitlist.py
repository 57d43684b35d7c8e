"""``safeschedule waitlist``."""

import json
import stat
from pathlib import Path

import pytest
import typer

from safeschedule.cli import waitlist as command
from safeschedule.exchange.json_text import as_text
from tests.caseload.test_waits import some, weeks
from tests.cli.conftest import run, save


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a team, of which three wait, and twelve recorded weeks."""
    save(tmp_path, some().model_dump_json(), "team.json")
    (tmp_path / "past").mkdir()
    for week in weeks(12, referrals=()):
        save(tmp_path / "past", as_text(week), f"{week.week_start}.json")
    return tmp_path


def test_the_list_and_its_letters(folder: Path) -> None:
    """People would be told nothing, or in files that others can read."""
    own = save(folder, {"classes": [{"id": "all", "target_days": 10}]}, "rules.json")
    given = (folder / "team.json", "--actuals", folder / "past", "--rules", own)
    done = run("waitlist", *given, "--letters", folder / "letters")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Waits are told from first contacts: 24 in 12 weeks." in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines()[:-1])
    letters = sorted((folder / "letters").iterdir())
    assert [path.name for path in letters] == ["W0.html", "W1.html", "W2.html"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in letters} == {0o600}


def test_json_is_of_the_schema_and_says_what_is_not_known(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program would get words among the JSON, or a wait of nothing."""
    command.waitlist(str(folder / "team.json"), as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [client["range"] for client in told["clients"]] == [None] * 3
    assert told["throughput"]["basis"] is None


def test_letters_are_all_written_or_none(folder: Path) -> None:
    """Half of the people would get a letter, and nobody would know which half."""
    (folder / "own").mkdir()
    (folder / "own" / "letter.txt.j2").write_text("{{ 1 / (client.place - 2) }}", encoding="utf-8")
    with pytest.raises(Exception, match="bad_template"):
        command.waitlist(str(folder / "team.json"), letters=folder / "out", templates=folder / "own")
    assert not (folder / "out").exists()
    with pytest.raises(typer.BadParameter):
        command.waitlist(str(folder / "team.json"), templates=folder / "own")
