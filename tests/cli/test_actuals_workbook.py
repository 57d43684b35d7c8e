"""``safeschedule actuals export xlsx`` and ``actuals import xlsx``."""

from pathlib import Path

import pytest

from safeschedule.exchange.json_text import as_text
from tests.caseload.happened import FIRST, visit, week
from tests.cli.conftest import save
from tests.support.calling import call as run

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


def test_a_week_goes_out_and_comes_back(tmp_path: Path) -> None:
    """A service would record a week that no measure sees, or half of two."""
    file = save(tmp_path, as_text(week(visits=[visit("K1", f"{FIRST}T09:00")], events=[])), "week.json")
    book = tmp_path / "week.xlsx"
    assert run("actuals", "export", "xlsx", file, "-o", book).returncode == 0
    done = run("actuals", "import", "xlsx", book, "-o", tmp_path / "back")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "back" / f"{FIRST}.json").read_text(encoding="utf-8") == file.read_text(
        encoding="utf-8"
    )
    twice = run("actuals", "import", "xlsx", book, book, "-o", tmp_path / "twice")
    assert (twice.returncode, (tmp_path / "twice").exists()) == (2, False)
    assert "one workbook for each week" in twice.stderr
