"""Capacity exceptions from the panel to intake: `ledger add`, `panel --ledger`, `intake --ledger`."""

import json
from pathlib import Path

import pytest

from safeschedule.caseload.panels import Panel
from tests.cli.conftest import save, tiny
from tests.support.calling import call as run

PLAN = ("mitigation=Two transfers", "recovery_plan=Agency nurse", "owner=L1", "review_on=2026-10-20")
KEYS = ("--by", "supervisor:S1", "--why", "Over the cap", "--at", "2026-10-01T09:00:00Z")
NEW = {
    "client": {"id": "NEW", "band": "low"},
    "request": {"id": "first", "client": "NEW", "session_type": "therapy"},
}


@pytest.fixture
def over(tmp_path: Path) -> Path:
    """Give a problem in which S1 carries 6 points of 5."""
    team = tiny()
    team["clinicians"][0]["caseload_cap"] = 5
    return save(tmp_path, team, "over.json")


def test_the_panel_tells_the_breach_and_shouts_when_nobody_decides(over: Path, tmp_path: Path) -> None:
    """Somebody would copy a wrong figure, or the exception be forgotten."""
    ledger = ("--ledger", tmp_path / "ledger.db")
    done = run("ledger", "add", *ledger, "exception_opened", "clinician=S1", *PLAN, *KEYS, "--problem", over)
    assert (done.returncode, done.stderr) == (0, "")
    shown = run("ledger", "show", "1", *ledger).stdout
    assert "breach: Week of 2026-10-05. S1: 6 points of 5, over the cap" in " ".join(shown.split())
    told = run("panel", over, *ledger, "--on", "2026-10-12").stdout
    assert told.startswith("Capacity exception, entry 1, OVERDUE since 2026-10-06, L1: Leadership has to")
    panel = Panel.from_dict(json.loads(run("panel", over, *ledger, "--on", "2026-10-03", "--json").stdout))
    assert [matter.overdue for matter in panel.exceptions] == [False]


def test_intake_refuses_whom_a_decision_closes(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """Leadership would decide, and the next referral be taken all the same."""
    ledger = ("--ledger", tmp_path / "ledger.db")
    opened = ("exception_opened", "breach=Too much", *PLAN, *KEYS)
    decided = ("exception_decided", "entry=1", "decision=restrict_intakes", "until=2026-10-09", *KEYS)
    for entry in (opened, decided):
        assert run("ledger", "add", *ledger, *entry).returncode == 0
    asked = (problem, schedule, "--client", save(tmp_path, NEW, "new.json"), "--weeks", "2")
    done = run("intake", *asked, *ledger, "--on", "2026-10-02")
    assert (done.returncode, done.stderr) == (1, "")
    said = " ".join(done.stdout.split())
    assert (
        "restricted for the whole team until 2026-10-09 (capacity exception, entry 1 of the ledger)" in said
    )
    assert "The first week in which somebody can: that of 2026-10-12." in said
    assert run("intake", *asked, *ledger, "--on", "2026-10-10").returncode == 0
    assert run("intake", *asked, "--on", "2026-10-02").returncode == 2


def test_the_document_of_a_week_without_a_schedule_is_opened_with_what_people_add(tmp_path: Path) -> None:
    """People would type what the document says already, or open what is no such document."""
    paper = {"explanation": {"breaches": [{"sentence": "Two sessions too many."}]}, "owner": "L1"}
    paper |= {"mitigation": "", "recovery_plan": "", "review_on": None}
    file, ledger = save(tmp_path, paper, "paper.json"), ("--ledger", tmp_path / "ledger.db")
    add = ("ledger", "add", *ledger, "exception_opened", *KEYS)
    assert run(*add, *PLAN[:2], "--document", file).returncode == 2
    done = run(*add, *PLAN[:2], PLAN[3], "--document", file, "--json")
    assert done.returncode == 0, done.stderr
    (entry,) = json.loads(done.stdout)["entries"]
    assert (entry["content"]["breach"], entry["content"]["owner"]) == ("Two sessions too many.", "L1")
    assert run(*add, *PLAN, "--document", save(tmp_path, {"explanation": 3}, "no.json")).returncode == 2
