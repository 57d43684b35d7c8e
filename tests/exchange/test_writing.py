from __future__ import annotations

import os
from pathlib import Path

import pytest

from safeschedule.exchange.writing import write_atomically


def test_file_is_replaced_whole(tmp_path: Path) -> None:
    """Otherwise a shorter rota would end with the rest of the longer one before it."""
    path = tmp_path / "rota.csv"
    path.write_bytes(b"a longer file")
    write_atomically(path, b"short")
    assert path.read_bytes() == b"short"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a full disk would cost the team last week's rota."""
    path = tmp_path / "rota.csv"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
