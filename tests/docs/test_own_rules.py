"""The package of the page on rules of one's own, installed, and all that the page says of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.docs.test_examples import ROOT, blocks

PAGE = ROOT / "docs" / "howto" / "a-rule-of-your-own.md"
WITHOUT_SOLVER = """
import sys
sys.modules["ortools"] = None
from safeschedule import verify
from safeschedule.problem.reading import read_problem
from safeschedule.schedule.reading import read_schedule
print(verify(read_problem("problem.json"), read_schedule("late.json")).amounts["early_friday"])
assert "clinic_rules.early_friday_encoder" not in sys.modules
"""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the package installed under `site`, and a broken one beside it."""
    folder = tmp_path_factory.mktemp("clinic")
    project, site = folder / "project", folder / "site"
    for file, _, text in blocks(PAGE):
        if file:
            (project / file).parent.mkdir(parents=True, exist_ok=True)
            (project / file).write_text(text, encoding="utf-8")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
    ]
    subprocess.run([*pip, "--target", site, project], check=True, timeout=120)
    broken = site / "broken-2.0.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 2.0\n")
    (broken / "entry_points.txt").write_text("[safeschedule.rules]\nno_rule = nowhere:RULE\n")
    write(folder / "problem.json", problem({"early_friday": {}}))
    write(folder / "broken.json", problem({"no_rule": {}}))
    write(folder / "late.json", late())
    return folder


def write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def problem(rules: dict[str, Any]) -> dict[str, Any]:
    """Return a Friday with one session to place, for which the client comes at three."""
    windows = [{"day": "fri", "start": "15:00", "end": "17:00"}]
    off = ("breaks", "case_review", "consultation", "documentation", "supervision", "urgent_slots")
    return {
        "week_start": "2026-10-05",
        "clinicians": [{"id": "C1", "working": [{"day": "fri", "start": "14:00", "end": "17:00"}]}],
        "clients": [{"id": "K1", "clinician": "C1", "windows": windows}],
        "session_types": [{"id": "therapy", "minutes": 60}],
        "requests": [{"id": "Q1", "client": "K1", "session_type": "therapy"}],
        "rulebook": {"rules": {**{name: {"enabled": False} for name in off}, **rules}},
    }


def late() -> dict[str, Any]:
    session = {"request": "Q1", "session_type": "therapy", "clients": ["K1"], "clinicians": ["C1"]}
    session |= {"start": "2026-10-09T15:30", "minutes": 60, "mode": "in_person"}
    return {"week_start": "2026-10-05", "appointments": [session], "blocks": []}


def run(clinic: Path, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run Python where the packages are installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(clinic / "site"), str(ROOT / "src")])}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=clinic, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.mark.slow
def test_the_page_runs(clinic: Path) -> None:
    """If it fails, somebody who follows the page does not get a rule."""
    text = "\n".join(text for file, language, text in blocks(PAGE) if language == "python" and not file)
    assert "given to the call" in run(clinic, "-c", text).stdout


def test_the_command_knows_it(clinic: Path) -> None:
    """If it fails, a rule that is installed cannot be looked up, or a broken one takes the others with it."""
    listed = run(clinic, "-m", "safeschedule", "rules", "--json")
    found = {rule["id"]: rule["package"] for rule in json.loads(listed.stdout)}
    assert (found["early_friday"], found["breaks"]) == ("clinic-rules 1.0", None)
    assert "no_rule" not in found
    assert "no_rule (broken 2.0) cannot be loaded" in " ".join(listed.stderr.split())
    shown = run(clinic, "-m", "safeschedule", "rules", "show", "early_friday").stdout
    assert "No session that starts on a Friday" in shown
    assert "clinic-rules 1.0" in shown


def test_a_problem_that_names_it_is_planned_and_verified(clinic: Path) -> None:
    """If it fails, an installed rule is not kept, or a week that breaks it is certified."""
    command = ("-m", "safeschedule")
    run(clinic, *command, "solve", "problem.json", "-o", "week.json", "--deterministic-limit", "0.5")
    (session,) = json.loads((clinic / "week.json").read_text(encoding="utf-8"))["appointments"]
    assert session["start"] == "2026-10-09T15:00"
    done = run(clinic, *command, "verify", "problem.json", "late.json", "--json", status=1)
    account = json.loads(done.stdout)
    assert account["own_rules"] == ["early_friday (clinic-rules 1.0)"]
    assert account["amounts"]["early_friday"] == 1


def test_it_is_verified_without_a_solver(clinic: Path) -> None:
    """If it fails, a verifier has to have a solver installed because of a rule of one's own."""
    assert run(clinic, "-c", WITHOUT_SOLVER).stdout.strip() == "1"


def test_a_problem_that_names_a_broken_one_is_refused(clinic: Path) -> None:
    """If it fails, a week is certified against a rule that nobody could load."""
    done = run(clinic, "-m", "safeschedule", "verify", "broken.json", "late.json", status=2)
    told = " ".join(done.stderr.split())
    assert "no_rule (broken 2.0) cannot be loaded: nowhere:RULE raises ModuleNotFoundError" in told
