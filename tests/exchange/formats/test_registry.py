from __future__ import annotations

import io
from pathlib import Path

import pytest

from safeschedule.exchange import formats
from safeschedule.exchange.formats.opening import opened

MODULES = sorted(
    path.stem
    for path in Path(formats.__path__[0]).glob("*.py")
    if path.stem not in ("__init__", "format", "opening")
)


def test_each_module_is_an_entry_and_has_a_round_trip_test() -> None:
    """Otherwise a format would be there that no command lists, or that nobody saw come back."""
    assert sorted(formats._MODULES) == MODULES
    tests = {path.stem.removeprefix("test_"): path for path in Path(__file__).parent.glob("test_*.py")}
    lacking = [
        name
        for name in MODULES
        if name not in tests or "def test_round_trip" not in tests[name].read_text(encoding="utf-8")
    ]
    assert lacking == []


def test_no_two_formats_have_one_word() -> None:
    """Otherwise one of them could not be asked for."""
    words = [entry.name for entry in formats.formats()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", ["week.json", "week", ""])
def test_json_is_no_other_format(tmp_path: Path, name: str) -> None:
    """Otherwise a schedule would be read as a table because its first line happens to name columns."""
    text = '{"date": 1, "start": 2, "minutes": 3, "clinician": 4, "what": 5, "kind": 6, "client": 7}'
    source: Path | io.StringIO = io.StringIO(text)
    if name:
        source = tmp_path / name
        source.write_text(text, encoding="utf-8")
    assert formats.schedule_reader(opened(source, "schedule")) is None


def test_a_file_that_is_not_there_is_opened_as_nothing(tmp_path: Path) -> None:
    """Otherwise a slip in a name would end in a traceback instead of the reader's own fault."""
    assert opened(tmp_path / "none.csv", "schedule").beginning == b""
