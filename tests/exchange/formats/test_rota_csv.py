from __future__ import annotations

from pathlib import Path

from safeschedule.exchange.formats import schedule_reader
from safeschedule.exchange.formats.format import Export
from safeschedule.exchange.formats.opening import opened
from safeschedule.exchange.formats.rota_csv import FORMAT
from safeschedule.exchange.writing import Files
from safeschedule.samples import sample
from tests.exchange.support import packed


def test_round_trip(tmp_path: Path) -> None:
    """Otherwise what `export csv` writes would not be what `verify` reads."""
    problem = sample()
    schedule = packed(problem)
    path = tmp_path / "rota.csv"
    assert FORMAT.writes
    with Files() as files:
        assert FORMAT.writes.write(Export(problem, schedule, path, None, files)) == []
    given = opened(path, "schedule")
    reader = schedule_reader(given)
    assert reader is FORMAT.reads
    assert reader
    again = reader.read(problem, given)
    assert sorted(again.appointments, key=str) == sorted(schedule.appointments, key=str)
    assert sorted(again.blocks, key=str) == sorted(schedule.blocks, key=str)
    assert again.left_out == schedule.left_out
