"""Documentation before the day's work goes, whatever the time that is left; what is pinned stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from safeschedule.model.candidates import candidates
from safeschedule.model.index import Index
from safeschedule.problem import BlockKind, Problem
from safeschedule.solving.search.cleanup.early_notes import without_early_notes


@pytest.mark.parametrize("pinned", [False, True])
def test_notes_before_the_work_go_and_those_after_it_stay(pinned: bool) -> None:
    """If it fails, a hurried week has time to write before there is anything to write."""
    hour = {"kind": "documentation", "clinicians": ["A"], "start": "2026-10-05T09:00", "minutes": 30}
    given: dict[str, Any] = {
        "week_start": "2026-10-05",
        "clinicians": [{"id": "A", "working": [{"day": "mon", "start": "09:00", "end": "17:00"}]}],
        "clients": [{"id": "K", "band": "low"}],
        "session_types": [{"id": "talk", "minutes": 60}],
        "requests": [{"id": "R", "client": "K", "session_type": "talk"}],
        "pinned_blocks": [hour] if pinned else [],
    }
    index = Index(Problem.model_validate(given))
    rows = candidates(index)
    notes = rows.of_block(BlockKind.DOCUMENTATION) & (rows.minutes == 30)
    chosen = np.zeros(len(rows), dtype=bool)
    for mask, clock in ((notes, 9), (rows.is_session, 10), (notes, 12)):
        chosen[np.flatnonzero(mask & (rows.start == clock * 60))[0]] = True
    left = without_early_notes(index, rows, chosen)
    assert rows.start[left].tolist() == [
        time for time in rows.start[chosen].tolist() if pinned or time != 540
    ]
    assert chosen.sum() == 3
