"""The problem as numbers: half-days, periods, and what a clock change takes away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given

from safeschedule import Problem
from safeschedule.model.index import Index
from safeschedule.model.spans import cut
from safeschedule.problem.clock import DAY
from safeschedule.testing.strategies import sound_problems
from tests.solving.weeks import alone, hours

SUNDAY = 6 * DAY


def index_of(**changes: Any) -> Index:
    """Return the index of the week of one clinician."""
    return Index(alone(**changes))


@pytest.mark.parametrize(
    ("zone", "week", "span"),
    [
        ("Europe/London", "2026-10-19", (60, 120)),
        ("Europe/London", "2026-03-23", (60, 120)),
        ("America/New_York", "2026-03-02", (120, 180)),
        ("America/New_York", "2026-10-26", (60, 120)),
        ("Australia/Lord_Howe", "2026-09-28", (120, 150)),
        ("Australia/Lord_Howe", "2026-03-30", (90, 120)),
    ],
)
def test_unreal_minutes(zone: str, week: str, span: tuple[int, int]) -> None:
    """If it fails, the wrong minutes of the night of a clock change are kept free."""
    (found,) = index_of(week_start=week, time_zone=zone).unreal
    assert found == (SUNDAY + span[0], SUNDAY + span[1])


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Asia/Kathmandu", "Pacific/Apia"])
def test_no_unreal_minutes_without_a_clock_change(zone: str) -> None:
    """If it fails, an ordinary week loses working time."""
    assert index_of(time_zone=zone, week_start="2026-06-01").unreal == []


@given(sound_problems())
def test_unreal_minutes_are_those_without_one_reading(problem: Problem) -> None:
    """If it fails, a minute that exists once is not used, or one that exists twice or never is."""
    zone = ZoneInfo(problem.time_zone)
    origin = datetime.combine(problem.week_start, datetime.min.time())
    odd = {m for low, high in Index(problem).unreal for m in range(low, high)}
    for minute in range(0, 7 * DAY, 5):
        local = (origin + timedelta(minutes=minute)).replace(tzinfo=zone)
        # A real minute comes back from UTC as itself, whichever reading is meant, and from one instant.
        instants = {local.replace(fold=fold).astimezone(ZoneInfo("UTC")) for fold in (0, 1)}
        assert (minute in odd) == (len(instants) > 1)


def test_periods_are_cut_at_the_clock_change() -> None:
    """If it fails, work goes on through the hour that exists twice."""
    index = index_of(
        week_start="2026-10-19",
        time_zone="Europe/London",
        clinicians=[{"id": "C1", "working": hours("sun", start="00:00", end="04:00")}],
    )
    spans = [(p.start - SUNDAY, p.end - SUNDAY) for p in index.periods[0]]
    assert spans == [(0, 60), (120, 240)]
    assert index.period_end[0, SUNDAY // 30] == SUNDAY + 60
    assert index.period_end[0, (SUNDAY + 60) // 30] == 0


def test_week_that_starts_in_its_middle() -> None:
    """If it fails, weekdays are counted from Monday although the week starts on Thursday."""
    index = index_of(week_start="2026-10-08")
    assert [index.weekday(day) for day in range(7)] == [3, 4, 5, 6, 0, 1, 2]
    assert [(p.start, p.end) for p in index.periods[0]] == [(4 * DAY + 540, 4 * DAY + 720)]


def test_half_days_part_at_midday() -> None:
    """If it fails, a session at midday counts for the morning."""
    index = index_of(rulebook={"midday": "12:30"})
    starts = np.array([0, 749, 750, DAY - 1, DAY, 6 * DAY + 750])
    assert index.half_of(starts).tolist() == [0, 0, 1, 1, 2, 13]


def test_leave_cuts_free_time() -> None:
    """If it fails, time on leave counts as time at work."""
    leave = [{"start": "2026-10-05T10:00", "end": "2026-10-05T10:30"}]
    index = index_of(clinicians=[{"id": "C1", "working": hours("mon"), "leave": leave}])
    assert index.free[0] == [(540, 600), (630, 720)]


def test_sites_of_adjoining_periods() -> None:
    """If it fails, a clinician who changes the site at noon is taken to stay at the first one."""
    working = [
        {**hours("mon")[0], "site": "north"},
        {**hours("mon", start="12:00", end="15:00")[0], "site": "south"},
    ]
    index = index_of(clinicians=[{"id": "C1", "working": working}], sites=[{"id": "north"}, {"id": "south"}])
    assert index.period_site[0, [540 // 30, 690 // 30, 720 // 30, 900 // 30]].tolist() == [0, 0, 1, -1]
    assert index.period_end[0, [690 // 30, 720 // 30]].tolist() == [720, 900]


def test_meetings_of_other_weeks_do_not_count() -> None:
    """If it fails, last week's meeting keeps somebody busy."""
    meetings = [
        {"id": "M1", "start": "2026-10-05T09:00", "minutes": 30, "clinicians": ["C1"]},
        {"id": "M2", "start": "2026-09-28T09:00", "minutes": 30, "clinicians": ["C1"]},
    ]
    assert index_of(meetings=meetings).meetings == (((540, 570),),)


@pytest.mark.parametrize(
    ("spans", "holes", "left"),
    [
        ([(0, 10)], [], [(0, 10)]),
        ([(0, 10)], [(3, 5)], [(0, 3), (5, 10)]),
        ([(0, 10)], [(0, 10)], []),
        ([(0, 10)], [(10, 20)], [(0, 10)]),
        ([(0, 10), (20, 30)], [(5, 25)], [(0, 5), (25, 30)]),
        ([(0, 10)], [(2, 4), (3, 8)], [(0, 2), (8, 10)]),
    ],
)
def test_cut(spans: list[tuple[int, int]], holes: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    """If it fails, time taken out of a period is not exactly what was to be taken out."""
    assert cut(spans, holes) == left
