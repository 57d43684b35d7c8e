"""``safeschedule huddle``."""

import json
from pathlib import Path

from safeschedule.caseload.huddle import Huddle
from tests.support.calling import call as run

KEYS = ("--by", "supervisor:S1", "--why", "Monday huddle", "--at", "2026-10-05T09:00:00Z")


def test_the_agenda_is_told_in_words_and_as_json(problem: Path, tmp_path: Path) -> None:
    """A huddle would not see what is late, or a program something else than people."""
    ledger = ("--ledger", tmp_path / "ledger.db")
    action = ("huddle_action", "action=Call [red]K1[/red]", "due=2026-10-06", "client=K1")
    assert run("ledger", "add", *ledger, *action, *KEYS).returncode == 0
    done = run("huddle", problem, *ledger, "--on", "2026-10-08")
    assert (done.returncode, done.stderr) == (0, "")
    assert "K1: Call [red]K1[/red] (OVERDUE since 2026-10-06, entry 1)" in done.stdout
    assert "New risk flags: not known" in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines())
    told = run("huddle", problem, *ledger, "--on", "2026-10-08", "--json").stdout
    assert [item.entry for item in Huddle.from_dict(json.loads(told)).of("unowned")] == [1]


def test_a_huddle_needs_a_ledger_that_is_there(problem: Path, tmp_path: Path) -> None:
    """A mistyped name would look like a team without a care."""
    done = run("huddle", problem, "--ledger", tmp_path / "none.db")
    assert (done.returncode, done.stdout) == (2, "")
