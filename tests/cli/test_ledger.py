"""``safeschedule ledger``: writing down, listing, verifying, exporting."""

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from safeschedule.ledger import KINDS, ChainAccount, LedgerView
from tests.cli.conftest import environment, save
from tests.support.calling import call as run

KEYS = ("--by", "service_lead:L1", "--why", "Agreed with C1", "--at", "2026-10-05T09:00:00Z")
OVERRIDE = ("override", "rule=breaks", "clinician=C1", "until=2026-10-12", "confirmed_by=supervisor:S1")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger with an override, a huddle and its overdue action."""
    file = tmp_path_factory.mktemp("ledger") / "ledger.db"
    said = [
        {"kind": "override", "rule": "breaks", "clinician": "C1", "until": "2026-10-12"}
        | {"confirmed_by": {"role": "supervisor", "code": "S1"}},
        {"kind": "huddle_held", "present": ["L1", "C1"], "flagged": ["K1"]},
        {"kind": "huddle_action", "action": "Call K1", "due": "2026-10-06", "huddle": 2},
    ]
    head = {"at": "2026-10-05T09:00:00Z", "by": {"role": "service_lead", "code": "L1"}, "why": "Huddle"}
    statements = save(file.parent, [{**head, "content": content} for content in said], "said.json")
    done = run("ledger", "add", "--ledger", file, "--from", statements)
    assert (done.returncode, done.stderr) == (0, "")
    return file


def test_an_entry_is_written_with_its_hashes(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """A plan would be accepted without a trace of which."""
    file = tmp_path / "ledger.db"
    about = ("--problem", problem, "--schedule", schedule)
    accepted = ("plan_accepted", "week_start=2026-10-05", "sessions=3")
    done = run("ledger", "add", "--ledger", file, *accepted, *KEYS, *about, "--json")
    assert done.returncode == 0, done.stderr
    (entry,) = LedgerView.from_dict(json.loads(done.stdout)).entries
    assert (entry.number, entry.by.code, entry.basis.solver, entry.basis.seed) == (1, "L1", "cpsat", 0)
    verified = json.loads(run("verify", problem, schedule, "--json").stdout)
    assert entry.basis.problem_hash == verified["problem_hash"]
    assert entry.basis.schedule_hash == verified["schedule_hash"]


def test_what_is_text_is_not_read_as_a_number(tmp_path: Path) -> None:
    """A cap, or a code of digits as record systems give, could not be written down."""
    file = tmp_path / "ledger.db"
    told = ("cap_change", "clinician=0042", "before=48", "after=44.5")
    done = run("ledger", "add", "--ledger", file, *told, *KEYS, "--json")
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)["entries"][0]["content"]
    assert [content[name] for name in ("clinician", "before", "after")] == ["0042", "48", "44.5"]


def test_all_faults_are_told_at_once_and_nothing_is_begun(tmp_path: Path) -> None:
    """Somebody would mend one fault after the other, or leave an empty ledger behind a mistyped name."""
    done = run("ledger", "add", "--ledger", tmp_path / "x.db", "override", "rule=breaks", "clinican=C1")
    assert (done.returncode, done.stdout) == (2, "")
    assert all(word in done.stderr for word in ("by:", "why:", "until", "clinican", "4 faults"))
    one_key = [part for part in OVERRIDE if not part.startswith("confirmed_by")]
    done = run("ledger", "add", "--ledger", tmp_path / "y.db", *one_key, *KEYS)
    assert (done.returncode, done.stdout) == (2, "")
    assert "second key" in done.stderr
    for use in (
        [],
        ["override", "--from", "x.json"],
        ["override", "until"],
        ["review_held", "about=x", "about=y"],
    ):
        assert run("ledger", "add", "--ledger", tmp_path / "x.db", *use).returncode == 2
    assert not (tmp_path / "x.db").exists()


def test_list_tells_what_is_in_force_and_what_is_open(ledger: Path) -> None:
    """An override would bind nobody to its date, and an action without an owner be forgotten."""
    told = run("ledger", "list", "--ledger", ledger, "--on", "2026-10-08").stdout
    assert "Overrides in force on 2026-10-08: 1" in told
    assert "OVERDUE since 2026-10-06, NOBODY’S: Call K1" in told
    view = LedgerView.from_dict(
        json.loads(run("ledger", "list", "--ledger", ledger, "--on", "2026-10-13", "--json").stdout)
    )
    assert (len(view.entries), view.in_force, len(view.open)) == (3, (), 1)
    chosen = run("ledger", "list", "--ledger", ledger, "--kind", "huddle_held", "--json").stdout
    assert [entry["number"] for entry in json.loads(chosen)["entries"]] == [2]
    assert run("ledger", "list", "--ledger", ledger, "--kind", "gossip").returncode == 2


def test_show_tells_an_entry_and_what_came_of_it(ledger: Path) -> None:
    """Somebody would not see that an entry was followed by another."""
    told = run("ledger", "show", "2", "--ledger", ledger).stdout
    assert "present: L1, C1" in told
    assert "Spoken of by entry 3" in told
    done = run("ledger", "show", "9", "--ledger", ledger)
    assert (done.returncode, done.stdout) == (2, "")


def test_verify_names_the_first_entry_that_does_not_fit(ledger: Path, tmp_path: Path) -> None:
    """A forged record would pass for sound in a script that looks at the exit status."""
    done = run("ledger", "verify", "--ledger", ledger, "--json")
    account = ChainAccount.from_dict(json.loads(done.stdout))
    assert (done.returncode, account.entries, account.sound) == (0, 3, True)
    assert run("ledger", "verify", "--ledger", ledger, "--head", str(account.head)).returncode == 0
    forged = tmp_path / "forged.db"
    forged.write_bytes(ledger.read_bytes())
    with sqlite3.connect(forged) as there:
        there.execute("DROP TRIGGER ledger_entry_no_update")
        there.execute("UPDATE ledger_entry SET body = replace(body, 'K1', 'K2') WHERE number = 2")
    there.close()
    done = run("ledger", "verify", "--ledger", forged)
    assert (done.returncode, done.stdout) == (1, "")
    assert "entry 2 does not fit" in done.stderr
    assert run("ledger", "list", "--ledger", forged).returncode == 2


def test_an_export_is_a_ledger_and_a_table(ledger: Path, tmp_path: Path) -> None:
    """An auditor could not read the record, or a spreadsheet would run what somebody has written in it."""
    risky = save(tmp_path, [{"by": {"role": "nurse", "code": "C2"}, "why": "=1+1"}], "risky.json")
    said = json.loads(risky.read_text(encoding="utf-8"))[0] | {"at": "2026-10-05T10:00:00Z"}
    said["content"] = {"kind": "concern_raised", "concern": "=cmd()"}
    copy = tmp_path / "copy.db"
    copy.write_bytes(ledger.read_bytes())
    done = run("ledger", "add", "--ledger", copy, "--from", "-", stdin=json.dumps([said]))
    assert done.returncode == 0, done.stderr
    lines, table = tmp_path / "all.jsonl", tmp_path / "all.csv"
    assert run("ledger", "export", "--ledger", copy, "-o", lines).returncode == 0
    assert run("ledger", "export", "--ledger", copy, "-o", table).returncode == 0
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [row["kind"] for row in rows] == ["override", "huddle_held", "huddle_action", "concern_raised"]
    assert rows[3]["why"] == "'=1+1"
    told = [json.loads(run("ledger", "list", "--ledger", name, "--json").stdout) for name in (copy, lines)]
    assert told[0] == told[1]
    assert run("ledger", "export", "--ledger", copy, "-o", copy).returncode == 2


def test_a_missing_library_is_named_with_its_command(ledger: Path, tmp_path: Path) -> None:
    """Somebody without the extra would see a traceback, or an auditor need a database to read an export."""
    lines = tmp_path / "all.jsonl"
    assert run("ledger", "export", "--ledger", ledger, "-o", lines).returncode == 0
    program = "import sys; sys.modules['sqlalchemy'] = None; from safeschedule.cli import main; main()"
    for name, status in ((ledger, 2), (lines, 0)):
        command = [sys.executable, "-c", program, "ledger", "verify", "--ledger", str(name)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
        assert done.returncode == status
        assert ('pip install "safeschedule[ledger]"' in done.stderr) == (status == 2)


def test_every_kind_is_listed() -> None:
    """Somebody could not look up what an entry asks for."""
    told = run("ledger", "kinds").stdout
    assert all(f"{kind}: " in told for kind in KINDS)
    assert "needs rule, until" in told
