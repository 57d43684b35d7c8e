"""``safeschedule roll`` with the waitlist and the ledger."""

import json
from pathlib import Path

import pytest

from safeschedule.exchange.json_text import as_text
from safeschedule.ledger import IntakeAccepted, LedgerView, PlanAccepted, read_ledger
from safeschedule.rolling import Summary
from safeschedule.samples import generate_actuals
from tests.cli.conftest import run, save
from tests.rolling.test_caseload import team
from tests.support.calling import call

FAST = ("--deterministic-limit", "0.5", "--workers", "1")
KEYS = ("--by", "service_lead:L1", "--why", "Agreed")


@pytest.fixture(scope="module")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a small team with a waitlist."""
    return save(tmp_path_factory.mktemp("roll"), team(cap=9).model_dump_json())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger with an override that ends after a week."""
    file = tmp_path_factory.mktemp("ledger") / "ledger.db"
    lifted = ("override", "rule=continuity", "client=K1", "until=2026-10-11")
    assert (
        call("ledger", "add", "--ledger", file, *lifted, *KEYS, "--at", "2026-10-01T09:00:00Z").returncode
        == 0
    )
    return file


@pytest.mark.slow
def test_waits_panels_and_decisions_are_told(problem: Path, ledger: Path, tmp_path: Path) -> None:
    """A quarter would tell sessions, and not how long people wait for them."""
    beside = ("--waitlist", "--ledger", ledger)
    done = run("roll", problem, "--weeks", "2", "-o", tmp_path / "quarter", *FAST, *beside)
    assert done.returncode == 0, done.stderr
    words = " ".join(done.stdout.split())
    for title in ("Waits", "Panels", "Decisions"):
        assert title in words
    assert "Caseload: 0 came, 3 were taken after" in words
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines() if "Written" not in line)
    again = run("roll", problem, "--weeks", "2", "-o", tmp_path / "quarter", *FAST, *beside, "--json")
    summary = Summary.from_dict(json.loads(again.stdout))
    rows = [row.caseload for row in summary.weeks]
    assert [row.overrides for row in rows if row] == [1, 0]
    assert [row.overrides_ended for row in rows if row] == [0, 1]
    assert len(read_ledger(ledger)) == 1  # a plan is no decision
    listed = run("ledger", "list", "--ledger", tmp_path / "quarter" / "ledger.jsonl", "--json")
    assert len(LedgerView.from_dict(json.loads(listed.stdout)).entries) > 1
    measures = ("measures", problem, "--actuals", tmp_path / "quarter" / "actuals")
    assert "Wait for the first contact" in run(*measures).stdout


@pytest.mark.slow
def test_decisions_are_recorded_once_and_signed(problem: Path, tmp_path: Path) -> None:
    """Each run would write the same week down again, or as nobody's decision."""
    own = tmp_path / "own.db"
    for name in ("one", "two", "one"):
        done = run(
            *("roll", problem, "--weeks", "1", "-o", tmp_path / name, *FAST, "--waitlist"),
            *("--ledger", own, "--record", "service_lead:L1"),
        )
        assert done.returncode == 0, done.stderr
    entries = read_ledger(own)
    assert {str(entry.by) for entry in entries} == {"service_lead L1"}
    kinds = [type(entry.content) for entry in entries]
    assert (kinds.count(PlanAccepted), kinds.count(IntakeAccepted)) == (1, 3)


@pytest.mark.slow
def test_referrals_are_drawn_from_recorded_weeks(problem: Path, tmp_path: Path) -> None:
    """A quarter ahead would be one into which nobody is referred."""
    (tmp_path / "actuals").mkdir()
    for each in generate_actuals(team(cap=9), seed=1, weeks=8):
        (tmp_path / "actuals" / f"{each.week_start}.json").write_text(as_text(each), encoding="utf-8")
    rolled = []
    for name in ("one", "two"):
        drawn = ("--waitlist", "--actuals", tmp_path / "actuals", "--seed", "3")
        done = run("roll", problem, "--weeks", "3", "-o", tmp_path / name, *FAST, *drawn, "--json")
        assert done.returncode == 0, done.stderr
        rolled.append([row["caseload"] for row in json.loads(done.stdout)["weeks"]])
    assert rolled[0] == rolled[1]
    assert sum(row["referred"] + row["discharged"] for row in rolled[0]) > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--record", "service_lead:L1"),
        ("--bands", "perhaps"),
        ("--waitlist-rules", "rules.json"),
        ("--ledger", "no.db"),
        ("--ledger", "no.db", "--record", "L1"),
        ("--ledger", "no.db", "--record", "lead:L1", "--bands", "up"),
        ("--expected", "wrong.json"),
        ("--actuals", "nowhere"),
    ],
)
def test_bad_use(arguments: tuple[str, ...], problem: Path, tmp_path: Path) -> None:
    """A slip would be found after the first week, or be written into the record."""
    wrong = {
        "discharges": [{"client": "K9", "on": "2026-10-12"}],
        "leavers": [{"clinician": "C9", "on": "x"}],
    }
    save(tmp_path, wrong, "wrong.json")
    given = [str(tmp_path / each) if each.endswith((".json", ".db", "where")) else each for each in arguments]
    done = run("roll", problem, "--weeks", "1", "-o", tmp_path / "quarter", *FAST, *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "quarter").exists()
    assert not (tmp_path / "no.db").exists()
