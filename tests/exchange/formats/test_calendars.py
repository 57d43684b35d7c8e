from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar

from safeschedule.exchange.formats.calendars import FORMAT
from safeschedule.exchange.formats.format import Export
from safeschedule.exchange.writing import Files
from safeschedule.samples import sample
from safeschedule.schedule import stated
from tests.exchange.support import packed


def test_round_trip(tmp_path: Path) -> None:
    """Otherwise another calendar program would show somebody's sessions at other times, or not all."""
    problem = sample()
    schedule = stated("test", problem, packed(problem))
    assert FORMAT.writes
    assert FORMAT.writes.folder
    with Files() as files:
        stamp = datetime(2026, 10, 1, tzinfo=UTC)
        FORMAT.writes.write(Export(problem, schedule, tmp_path / "out", stamp, files))
    for clinician in problem.clinicians:
        text = (tmp_path / "out" / f"{clinician.id}.ics").read_bytes()
        events = Calendar.from_ical(text).walk("VEVENT")
        shown = sorted(event["DTSTART"].dt.replace(tzinfo=None) for event in events)
        items = [
            *(each for each in schedule.appointments if clinician.id in each.clinicians),
            *(each for each in schedule.blocks if clinician.id in (*each.clinicians, each.supervisor)),
        ]
        assert shown == sorted(item.start for item in items)
