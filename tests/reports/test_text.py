"""What the command line says of a week, and what a page is called."""

from __future__ import annotations

from datetime import date

import pytest

from safeschedule.problem import (
    Problem,
)
from safeschedule.reports.text import summary_lines
from safeschedule.reports.words import week_title
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification

Week = tuple[Problem, Schedule, Verification]


def test_summary_tells_counts_left_out_and_findings(week: Week) -> None:
    """Otherwise the terminal would call an unsafe week safe, or hide what is left out."""
    lines = summary_lines(*week, most=2)
    _, schedule, account = week
    hard = [finding for finding in account.findings if finding.hard]
    assert lines[0] == "riverside, week of 2026-10-05 (Europe/London)"
    assert f"{len(schedule.appointments)} sessions with 8 clinicians" in lines[1]
    assert any(schedule.left_out[0].request in line for line in lines)
    assert f"  [{hard[0].rule}] {hard[0].sentence}" in lines
    assert f"  ... and {len(hard) - 2} more" in lines
    assert f"  {account.notices[0].text}" in lines


@pytest.mark.parametrize(
    ("start", "title"),
    [
        (date(2026, 10, 5), "5 to 11 October 2026"),
        (date(2026, 9, 28), "28 September to 4 October 2026"),
        (date(2026, 12, 28), "28 December 2026 to 3 January 2027"),
    ],
)
def test_week_title(start: date, title: str) -> None:
    """Otherwise a week over the end of a month or year would have a false heading."""
    assert week_title(start) == title
