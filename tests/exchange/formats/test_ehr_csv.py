from __future__ import annotations

from safeschedule.exchange.formats.ehr_csv import FORMAT
from safeschedule.exchange.json_text import as_text
from safeschedule.problem.reading import problem_from_text
from safeschedule.schedule.reading import schedule_from_text
from tests.exchange.test_ehr_csv import SMALL, WEEK


def test_round_trip() -> None:
    """Otherwise the file of an import would be refused, or be another week, when it is planned from."""
    assert FORMAT.imports
    found = FORMAT.imports.read(SMALL, week=WEEK, mapping=None)
    assert problem_from_text(as_text(found.problem)) == found.problem
    assert found.schedule
    assert schedule_from_text(as_text(found.schedule)) == found.schedule
