"""The page for embedding applications: its program runs against the application as it is started."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from safeschedule.web.auth import grants
from safeschedule.web.auth.accounts import add_account
from safeschedule.web.storage import Store
from tests.web.serving import serving

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "embed-the-web-page.md"


@pytest.mark.slow
def test_the_program_of_the_page_runs(tmp_path: Path) -> None:
    """Whoever builds on the application would begin with calls that it does not answer."""
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    store.make()
    with store.writing() as connection:
        add_account(connection, "S1", "scheduler", "test")
        key = grants.give(connection, grants.PROGRAM, "S1", "test")
    store.close()
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    with serving(tmp_path / "data") as address:
        done = subprocess.run(
            [sys.executable, "-c", "\n".join(blocks)],
            env=os.environ | {"SAFESCHEDULE_ADDRESS": address, "SAFESCHEDULE_KEY": key},
            capture_output=True,
            text=True,
            timeout=200,
        )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "scheduler"
    assert lines[1].endswith("placed; all hard rules kept")
    assert lines[-1].startswith("409 ")
