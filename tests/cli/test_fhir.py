"""``safeschedule import fhir`` and ``export fhir``, and what other commands read of FHIR."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeschedule.cli import app
from safeschedule.errors import InputError
from safeschedule.exchange.json_text import as_text
from safeschedule.samples import generate
from tests.cli.conftest import run
from tests.exchange.support import packed

pytest.importorskip("fhir.resources")

from safeschedule.exchange.fhir import import_fhir
from tests.exchange.fhir.test_reading import BOOKED, clinic


def test_a_bundle_becomes_a_problem_and_the_week_as_it_is_booked(tmp_path: Path) -> None:
    """Otherwise an application could not plan from its own resources without a program."""
    (tmp_path / "clinic.json").write_text(json.dumps(clinic(BOOKED)), encoding="utf-8")
    said = ("--week", "2026-10-07", "--time-zone", "Europe/London", "--minutes", "60", "--supervisors", "C1")
    done = run("import", "fhir", "clinic.json", *said, "-o", "p.json", "--bookings", "w.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "what is booked is pinned" in done.stdout
    assert len(json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))["appointments"]) == 1
    assert run("verify", "p.json", "w.json", cwd=tmp_path).returncode == 1
    refused = run("import", "fhir", "clinic.json", "-o", "q.json", cwd=tmp_path)
    assert refused.returncode == 2
    assert "--week" in refused.stderr
    assert not (tmp_path / "q.json").exists()


@pytest.mark.slow
def test_what_was_exported_is_read_by_other_commands(tmp_path: Path) -> None:
    """Otherwise a problem kept as FHIR would have to be imported before every command."""
    problem = generate(2, seed=1)
    week = packed(problem)
    (tmp_path / "p.json").write_text(as_text(problem), encoding="utf-8")
    (tmp_path / "w.json").write_text(as_text(week), encoding="utf-8")
    assert run("export", "fhir", "p.json", "-o", "pf.json", cwd=tmp_path).returncode == 0
    kind = problem.session_types[0].id
    done = run("export", "fhir", "p.json", "w.json", "--free", kind, "-o", "wf.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"status": "free"' in (tmp_path / "wf.json").read_text(encoding="utf-8")
    plain = run("verify", "p.json", "w.json", "--json", cwd=tmp_path)
    read = run("verify", "pf.json", "wf.json", "--json", cwd=tmp_path)
    assert read.stdout == plain.stdout
    assert read.stderr == plain.stderr
    assert stat.S_IMODE((tmp_path / "wf.json").stat().st_mode) == 0o600


def test_what_needs_a_schedule_says_so(tmp_path: Path) -> None:
    """Otherwise a problem alone would be an empty rota, or options would be passed over."""
    (tmp_path / "p.json").write_text(as_text(generate(1, seed=1)), encoding="utf-8")
    for asked, said in [
        (("csv",), "csv needs a SCHEDULE"),
        (("xlsx",), "workbook from"),
        (("fhir", "--free", "talk"), "need a SCHEDULE"),
        (("ics", "--free", "talk"), "--free"),
    ]:
        done = CliRunner().invoke(
            app, ["export", *asked, str(tmp_path / "p.json"), "-o", str(tmp_path / "o")]
        )
        assert (done.exit_code, said in done.stderr) == (2, True), (asked, done.stderr)


def test_a_missing_library_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise whoever has not installed the extra would read of an import that failed."""
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B", None)
    with pytest.raises(InputError) as caught:
        import_fhir(clinic())
    assert 'pip install "safeschedule[fhir]"' in str(caught.value)
