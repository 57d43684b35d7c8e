"""``safeschedule measures`` and ``safeschedule warnings``."""

import json
from pathlib import Path

import pytest

from safeschedule.exchange.json_text import as_text
from tests.caseload.happened import series, visit, week
from tests.caseload.team import client, problem
from tests.cli.conftest import run, save
from tests.support.calling import call


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a team, two weeks of visits, and eleven weeks of strain."""
    place = tmp_path_factory.mktemp("recorded")
    save(place, problem(client("K1")).model_dump_json(), "team.json")
    visits = [visit("K1", f"2026-08-0{3 + n}T09:00", "no_show" if n == 4 else "attended") for n in range(5)]
    strain = series("documentation_outside", [8, 12] * 4 + [30, 31, 32])
    for name, weeks in (("visits", [week(visits=visits), week(1)]), ("strain", strain)):
        (place / name).mkdir()
        for one in weeks:
            save(place / name, as_text(one), f"{one.week_start}.json")
    return place


def test_measures_tell_figures_with_their_counts(folder: Path) -> None:
    """A board would read another figure than a program, or one without what it is made of."""
    done = run("measures", folder / "team.json", "--actuals", folder / "visits")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["No-shows", "20.0", "%", "1", "/", "5"] in lines
    assert ["Incidents", "not", "known"] in lines
    assert "…" not in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines())
    told = json.loads(run("measures", folder / "team.json", "--actuals", folder / "visits", "--json").stdout)
    (missed,) = [entry for entry in told["measures"] if entry["id"] == "no_show"]
    assert missed["total"]["value"] == 0.2
    assert [value["known"] for value in missed["weeks"]] == [True, False]


def test_figures_of_one_person_are_refused_to_others(folder: Path) -> None:
    """Anybody could look up how a colleague does."""
    asking = ("measures", folder / "team.json", "--actuals", folder / "visits", "--of", "C1")
    assert run(*asking, "--as", "C2").returncode == 0
    for others in ((), ("--as", "C9")):
        done = run(*asking, *others)
        assert (done.returncode, done.stdout) == (2, "")
        assert "[not_allowed]" in done.stderr


def test_warnings_tell_the_review_that_is_due(folder: Path, tmp_path: Path) -> None:
    """Strain would be found by nobody in particular, at some time."""
    done = run("warnings", folder / "team.json", "--actuals", folder / "strain")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Is documentation time kept, or booked over?" in done.stdout
    rules = save(tmp_path, {"reviewer": "clinical lead", "review_days": 2}, "rules.json")
    told = run("warnings", folder / "team.json", "--actuals", folder / "strain", "--rules", rules, "--json")
    triggers = json.loads(told.stdout)["triggers"]
    assert {(t["reviewer"], t["indicator"]) for t in triggers} == {("clinical lead", "documentation_outside")}


@pytest.mark.parametrize("command", ["measures", "warnings"])
def test_broken_weeks_are_refused_with_all_faults(command: str, folder: Path, tmp_path: Path) -> None:
    """Figures would be made of half of the weeks."""
    (tmp_path / "weeks").mkdir()
    save(tmp_path / "weeks", "{", "a.json")
    save(tmp_path / "weeks", {"week_start": "soon"}, "b.json")
    done = run(command, folder / "team.json", "--actuals", tmp_path / "weeks")
    assert (done.returncode, done.stdout) == (2, "")
    assert "a.json" in done.stderr
    assert "b.json" in done.stderr


def test_measures_as_a_page(folder: Path, tmp_path: Path) -> None:
    """A board would get another page than was asked for, or one over somebody's file."""
    asked = ("measures", folder / "team.json", "--actuals", folder / "visits", "--html")
    done = call(*asked, tmp_path / "page.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert call(*asked, "-").stdout.startswith("<!DOCTYPE html>")
    assert call(*asked, "-", "--json").returncode == 2
    assert call(*asked, folder / "team.json").returncode == 2
