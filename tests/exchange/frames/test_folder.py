"""Folders of frames: what does not belong there is told, and nothing half-written is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from safeschedule import InputError, read_frames, write_frames
from safeschedule.exchange.formats.csv_folder import FORMAT as CSV_FOLDER
from safeschedule.exchange.formats.parquet import FORMAT as PARQUET
from safeschedule.samples import generate

pytest.importorskip("narwhals")
pl = pytest.importorskip("polars")


def told(call: Any, *arguments: Any) -> list[str]:
    """Return the codes of what a call refuses."""
    with pytest.raises(InputError) as caught:
        call(*arguments)
    return [fault.code for fault in caught.value.faults]


def test_a_folder_that_is_no_folder_of_frames_is_refused(tmp_path: Path) -> None:
    """Otherwise a slip in a name would leave out all clients without a word."""
    assert told(read_frames, tmp_path) == ["no_frames"]
    (tmp_path / "cleints.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "clinicians.parquet").write_bytes(b"PAR1 and more")
    assert told(read_frames, tmp_path) == ["unknown_frame", "contradiction"]
    (tmp_path / "cleints.csv").unlink()
    assert told(read_frames, tmp_path, "polars") == ["not_parquet"]
    assert PARQUET.imports is not None
    assert told(PARQUET.imports.read, tmp_path) == ["not_parquet"]


def test_csv_that_is_not_what_its_headings_say_is_refused(tmp_path: Path) -> None:
    """Otherwise a row with a comma too many would be read one column off."""
    assert CSV_FOLDER.imports is not None
    file = tmp_path / "clinicians.csv"
    for text, codes in (
        ("id,role,id\nC1,x,C1\n", ["double_column"]),
        ("id,role\nC1\nC2,x,y\n", ["bad_value", "bad_value"]),
        ('id\n"C1\n', ["not_csv"]),
    ):
        file.write_text(text, encoding="utf-8")
        assert told(CSV_FOLDER.imports.read, tmp_path) == codes


def test_what_is_written_is_known_and_private(tmp_path: Path) -> None:
    """Otherwise a folder would be written that cannot be read again, or by everybody."""
    frames = generate(1, seed=1).frames("polars")
    assert told(write_frames, {"../evil": frames["clients"]}, tmp_path) == ["unknown_frame"]
    assert told(write_frames, frames, tmp_path, "xml") == ["unknown_value"]
    assert told(write_frames, {"clients": 3}, tmp_path / "none") == ["wrong_type"]
    assert not (tmp_path / "none").exists()
    write_frames(frames, tmp_path / "some", "csv")
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "some").iterdir()} == {0}


def test_the_same_frames_give_the_same_files(tmp_path: Path) -> None:
    """Otherwise a folder under version control would change although nothing did."""
    for form in ("parquet", "csv"):
        for name in ("one", "two"):
            write_frames(generate(1, seed=1).frames("polars"), tmp_path / form / name, form)
        one, two = [
            {path.name: path.read_bytes() for path in (tmp_path / form / name).iterdir()}
            for name in ("one", "two")
        ]
        assert one == two
