"""What the pages show is run: Python, commands and files, page by page in a folder of its own."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeschedule import Rulebook

ROOT = Path(__file__).parents[2]
LONG = [pytest.mark.slow, pytest.mark.long]
PAGES = [
    "README.md",
    pytest.param("docs/tutorials/first-week.md", marks=pytest.mark.slow),
    pytest.param("docs/tutorials/a-study.md", marks=LONG),
    pytest.param("docs/howto/fhir.md", marks=pytest.mark.slow),
    "docs/tutorials/library.md",
    "docs/reference/files.md",
    "docs/reference/actuals.md",
    "docs/howto/contacts-and-bands.md",
    pytest.param("docs/howto/data-frames.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/free-slots.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/plots.md", marks=pytest.mark.slow),
    "docs/howto/verifier-alone.md",
    "docs/howto/panels.md",
    "docs/howto/rebalance.md",
    "docs/howto/capacity.md",
    pytest.param("docs/howto/intake.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/capacity-exceptions.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/huddle.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/six-weeks.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/waitlist.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/groups.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/messages.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/measures-and-warnings.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/the-ledger.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/overrides.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/evidence.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/closures.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/stress-test.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/find-a-slot.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/studies.md", marks=LONG),
    pytest.param("docs/howto/simulate.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/weeks-in-a-row.md", marks=LONG),
    pytest.param("docs/howto/why-is-there-no-schedule.md", marks=LONG),
    pytest.param("docs/howto/why-is-this-left-out.md", marks=pytest.mark.slow),
    pytest.param("docs/howto/when-something-changes.md", marks=LONG),
]
BLOCK = re.compile(r"(?:<!-- file: (\S+) -->\n)?```(\w+)\n(.*?)```", re.DOTALL)
ENDS = re.compile(r"#\s*ends with (\d+)(?: or (\d+))?$")


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Give the fenced blocks of a page: the file it stands for, its language, its text."""
    yield from BLOCK.findall(page.read_text(encoding="utf-8"))


def commands(text: str) -> Iterator[tuple[list[str], set[int]]]:
    """Give the lines that call the command, with the exit statuses that they announce."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("safeschedule "):
            announced = ENDS.search(line)
            statuses = [int(status) for status in announced.groups() if status] if announced else [0]
            yield shlex.split(line, comments=True)[1:], set(statuses)


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_of_a_page_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who types what a page shows would get something else than it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    names: dict[str, object] = {"__name__": "__main__"}
    for file, language, text in blocks(ROOT / name):
        if file:
            Path(file).write_text(text, encoding="utf-8")
        elif language == "json":
            Rulebook.model_validate_json(text)
        elif language == "python":
            exec(compile(text, name, "exec"), names)
        elif language == "shell":
            for arguments, statuses in commands(text):
                done = subprocess.run([sys.executable, "-m", "safeschedule", *arguments], check=False)
                assert done.returncode in statuses, arguments
