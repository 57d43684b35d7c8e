"""Public holidays become closures, and what is no country is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from safeschedule.errors import ArgumentError
from safeschedule.exchange.public_holidays import public_holidays, with_closures
from safeschedule.problem import Closure, Problem
from tests.cli.conftest import run

pytest.importorskip("holidays")


def test_a_region_has_its_own_holidays_in_order() -> None:
    """If it fails, a service is open on a holiday of its region, or closed on one of another."""
    bavaria = {closure.date for closure in public_holidays("DE", "BY", years=[2026])}
    berlin = {closure.date for closure in public_holidays("DE", "BE", years=[2026])}
    assert date(2026, 1, 6) in bavaria - berlin
    both = public_holidays("DE", years=(2027, 2026))
    assert list(both) == sorted(both, key=lambda closure: closure.date)
    assert {closure.date.year for closure in both} == {2026, 2027}


def test_what_is_no_country_region_year_or_language_is_told_at_once() -> None:
    """If it fails, a slip leaves a service open on every holiday."""
    with pytest.raises(ArgumentError, match=r"region(.|\n)*language"):
        public_holidays("DE", "ZZ", years=[2026], language="xx")
    with pytest.raises(ArgumentError, match=r"country(.|\n)*years"):
        public_holidays("Germany", years=[20260])


def test_a_date_that_is_closed_stays_as_it_is_named() -> None:
    """If it fails, adding holidays twice doubles them, or renames what people have named."""
    given = {"week_start": "2026-12-21", "clinicians": [{"id": "C1", "working": []}]}
    own = Closure(date="2026-12-25", name="own")
    problem = with_closures(Problem.from_dict(given), [own])
    twice = with_closures(problem, public_holidays("DE", years=[2026]))
    assert own in twice.closures
    assert len({closure.date for closure in twice.closures}) == len(twice.closures)


def test_the_command_adds_closures_to_a_file(tmp_path: Path) -> None:
    """If it fails, nobody who plans by the command can say when the service is closed."""
    given = {"week_start": "2026-12-21", "clinicians": [{"id": "C1", "working": []}]}
    (tmp_path / "problem.json").write_text(json.dumps(given))
    out = tmp_path / "out.json"
    more = ("--country", "DE", "--date", "2026-12-24", "--name", "eve", "-o", out)
    done = run("closures", tmp_path / "problem.json", *more)
    assert done.returncode == 0, done.stderr
    names = {entry["date"]: entry["name"] for entry in json.loads(out.read_text())["closures"]}
    assert names["2026-12-24"] == "eve"
    assert "2026-12-25" in names
    assert "in the week that is planned" in done.stdout
    assert run("closures", tmp_path / "problem.json", "--country", "XX").returncode == 2
