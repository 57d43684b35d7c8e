"""``safeschedule evidence``: the folder for a commissioner."""

import json
from pathlib import Path

from safeschedule import EvidencePack
from tests.support.calling import call

PERIOD = ("--since", "2026-10-01", "--until", "2026-12-31")
KEYS = ("--by", "nurse:C2", "--why", "Third week", "--at", "2026-10-05T09:00:00Z")


def test_the_folder_is_written_whole_or_not_at_all(problem: Path, tmp_path: Path) -> None:
    """A commissioner would get half a pack, or one from a ledger that was forged."""
    ledger, out = tmp_path / "ledger.db", tmp_path / "pack"
    asked = (problem, "--ledger", ledger, *PERIOD, "-o", out, "--no-pdf")
    assert call("evidence", *asked).returncode == 2
    assert not out.exists()
    call("ledger", "add", "--ledger", ledger, "concern_raised", "concern=No breaks", *KEYS)
    done = call("evidence", *asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 concerns were raised and 0 of them answered." in done.stdout
    names = {path.name for path in out.iterdir()}
    assert {"evidence.html", "concerns.csv", "limits.csv"} <= names
    assert "evidence.pdf" not in names
    told = EvidencePack.from_dict(json.loads(call("evidence", *asked, "--json").stdout))
    assert (told.entries, len(told.sections)) == (1, 8)
    assert call("evidence", problem, "--ledger", ledger, *PERIOD, "-o", ledger).returncode == 2
