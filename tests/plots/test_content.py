"""Plots show what is in the week, the rulebook and the study, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule import (
    Clinician,
    Hours,
    InputError,
    Problem,
    RuleSetting,
    Schedule,
    plots,
    verify,
)
from safeschedule.reports.exposure import exposure_days
from tests.api import answers
from tests.plots.given import MONDAY, STAFF, WEEKS, at, every, problem, schedule, session, waiting


def crowd(people: int) -> tuple[Problem, Schedule]:
    """Give a team of many and an empty week."""
    hours = Hours.weekly("mon", "09:00", "17:00")
    team = [Clinician(id=f"C{n}", working=hours, is_supervisor=n == 0) for n in range(people)]
    return Problem(week_start=MONDAY, clinicians=team), Schedule(week_start=MONDAY)


def test_a_week_has_everything_that_is_booked_and_nothing_else() -> None:
    """A session or a protected block would be missing in the picture that hangs on the wall."""
    shown = {(row[0], row[1], row[2], row[4], row[6]) for row in plots.week(schedule(), problem()).rows()}
    for item in schedule().appointments:
        for who in item.clinicians:
            told = f"{item.session_type} {item.clients[0]}"
            assert (
                who,
                f"{item.start:%a} {item.start.day} Oct",
                f"{item.start:%H:%M}",
                item.minutes,
                told,
            ) in shown
    people = sum(len(block.clinicians) + (block.supervisor is not None) for block in schedule().blocks)
    assert len(shown) == len(schedule().appointments) + people + 3 + 1  # a meeting of three, a leave


def test_only_sessions_of_high_intensity_are_shown_as_such() -> None:
    """The one thing that the picture is to show would be wrong."""
    high = {row[6] for row in plots.week(schedule(), problem()).rows() if row[5] == "high-intensity session"}
    assert high == {"trauma K2", "trauma K3", "trauma K4"}
    assert not any(row[5] == "high-intensity session" for row in plots.week(schedule()).rows())


def test_who_overlaps_shares_the_lane() -> None:
    """One of two sessions at once would be hidden behind the other."""
    spans = [s for s in plots.gantt(schedule(), "C2", problem()).spans if s.lane == 0 and s.parts == 2]
    assert sorted((span.label, span.part) for span in spans) == [("talk K4", 1), ("trauma K3", 0)]


def test_a_week_is_taken_from_whatever_holds_one() -> None:
    """Somebody would have to take a result apart first."""
    result = answers.result()
    assert plots.week(result) == plots.week(result.schedule)  # type: ignore[arg-type]
    rolled = answers.ANSWERS["roll"]()
    assert plots.week(rolled.weeks[0], rolled.weeks[0].problem).lanes


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: plots.week(None), "wrong_type"),  # type: ignore[arg-type]
        (lambda: plots.week(answers.ANSWERS["explain no schedule"]()), "wrong_type"),
        (lambda: plots.gantt(schedule(), "C9"), "unknown_reference"),
        (lambda: plots.load(schedule(), answers.problem()), "unknown_reference"),
        (lambda: plots.waits(schedule()), "wrong_type"),  # type: ignore[arg-type]
        (lambda: plots.exposure_over_weeks([schedule()]), "wrong_type"),  # type: ignore[list-item]
        (lambda: plots.tornado({"x": ["a"], "lower": [1], "upper": [2]}, float("nan")), "wrong_type"),
        (lambda: plots.front({"x": [1], "y": [1]}, x_better="fewer"), "unknown_value"),  # type: ignore[arg-type]
    ],
)
def test_what_makes_no_sense_is_refused(call: object, code: str) -> None:
    """A picture of something else would be drawn."""
    assert callable(call)
    with pytest.raises(InputError) as caught:
        call()
    assert {fault.code for fault in caught.value.faults} == {code}


def test_load_tells_minutes_points_and_targets() -> None:
    """A bar would be longer than what is carried, or be measured against something else."""
    time, points, sessions = plots.load(schedule(), problem()).panels
    assert [row.mark for row in time.rows] == [15.0, 15.0, 12.0]
    # Two hours of C2 at once are in the sessions' part once.
    assert time.rows[1].values[:2] == (4.5, 0.5)
    assert [(row.total, row.mark, points.over(row)) for row in points.rows] == [
        (4.0, 4.0, False),
        (4.0, 2.5, True),
        (4.0, 6.0, False),
    ]
    assert [row.mark for row in sessions.rows] == [3.0, None, 4.0]
    assert "Over the caseload cap: C2." in plots.load(schedule(), problem()).sentence


def test_exposure_counts_as_the_rule_does() -> None:
    """The picture would say that all is well where the verifier says that a rule is broken."""
    heavy = problem().model_copy(
        update={
            "rulebook": problem().rulebook.with_settings(
                {"rolling_exposure": RuleSetting(parameters={"minutes": 600})}
            )
        }
    )
    plot = plots.exposure(schedule(), heavy)
    broken = {
        (found.who[0], found.when.date())
        for found in verify(heavy, schedule()).findings
        if found.rule == "rolling_exposure" and found.when is not None
    }
    drawn = {
        (panel.title, date.fromordinal(MONDAY.toordinal() + int(point.x)))
        for panel in plot.panels
        for point in panel.curves[1].points
        if panel.limit is not None and point.y > panel.limit
    }
    assert drawn == broken == {("C2", MONDAY), ("C2", at(1, "09:00").date())}
    assert "over that: C2." in plot.sentence


@given(
    st.lists(
        st.tuples(st.sampled_from(["S1", "C2", "C3"]), st.integers(0, 1), st.integers(9, 15)), max_size=8
    )
)
def test_exposure_counts_as_the_rule_does_in_any_week(drawn: list[tuple[str, int, int]]) -> None:
    """A week that nobody has thought of would be counted otherwise than by the verifier."""
    sessions = [session("trauma", "K3", who, at(day, f"{hour:02d}:00")) for who, day, hour in drawn]
    week = Schedule(week_start=MONDAY, appointments=sessions)
    strict = problem().rulebook.with_settings({"rolling_exposure": RuleSetting(parameters={"minutes": 180})})
    given = problem().model_copy(update={"rulebook": strict})
    broken = {
        (found.who[0], found.when.date())
        for found in verify(given, week).findings
        if found.rule == "rolling_exposure" and found.when is not None
    }
    days = exposure_days(given, week)
    before = {code: own[0].rolling - own[0].minutes for code, own in days.items()}
    # What the history has used up is no fault of a week without a session.
    over = {
        (code, day.day)
        for code, own in days.items()
        for day in own
        if day.rolling - before[code] > max(0, 180 - before[code])
    }
    assert over == broken


def test_a_rule_that_is_off_has_no_limit() -> None:
    """A line would be drawn that the team does not hold itself to."""
    off = problem().rulebook.with_settings({"rolling_exposure": RuleSetting(enabled=False)})
    plot = plots.exposure(schedule(), problem().model_copy(update={"rulebook": off}))
    assert {panel.limit for panel in plot.panels} == {None}
    assert "allowed" not in plot.sentence


def test_exposure_over_weeks_of_schedules() -> None:
    """The mean would be that of the sessions, or the bounds those of the limit."""
    plot = plots.exposure_over_weeks([(problem(), schedule())])
    (point,) = plot.panels[0].curves[0].points
    assert (point.y, point.lower, point.upper) == (405 / 3, 45.0, 270.0)
    assert plot.ticks == ((float(MONDAY.toordinal()), "Mon 5 Oct"),)


def test_waits_say_what_is_not_known_and_what_has_no_end() -> None:
    """Somebody would promise a date that nobody knows."""
    known, endless, unknown = plots.waits(waiting()).ranges
    assert (known.lower, known.upper, known.inner, known.mark) == (1.0, 7.0, (2.0, 4.0), 2.0)
    assert known.note == "3 working days over the target"
    assert (endless.lower, endless.upper, endless.endless) == (6.0, None, True)
    assert (unknown.lower, unknown.note) == (None, "not known")


def test_a_front_joins_what_no_other_beats() -> None:
    """A scenario would be recommended that another one beats in both figures."""
    joined, beaten = every()["front"].panels[0].curves  # type: ignore[attr-defined]
    assert [point.name for point in joined.points] == ["strict", "base", "none"]
    assert [point.name for point in beaten.points] == ["late"]
    least = plots.front({"x": [1, 2], "y": [1, 2]}, y_better="less")
    assert [len(curve.points) for curve in least.panels[0].curves] == [1, 1]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=8),
    st.sampled_from(["less", "more"]),
    st.sampled_from(["less", "more"]),
)
def test_any_front_is_that_of_its_definition(
    points: list[tuple[int, int]], x_better: str, y_better: str
) -> None:
    """Equal points, or points of one figure alone, would be counted wrongly."""
    frame = {"x": [x for x, _ in points], "y": [y for _, y in points]}
    plot = plots.front(frame, x_better=x_better, y_better=y_better)  # type: ignore[arg-type]
    signs = [1 if better == "more" else -1 for better in (x_better, y_better)]
    gains = [(signs[0] * x, signs[1] * y) for x, y in points]
    best = sorted(
        point
        for point, gain in zip(points, gains, strict=True)
        if not any(other != gain and other[0] >= gain[0] and other[1] >= gain[1] for other in gains)
    )
    assert sorted((p.x, p.y) for p in plot.panels[0].curves[0].points) == best


def test_studies_are_in_the_order_of_what_matters() -> None:
    """The dearest rule, or what a figure depends on most, would have to be looked for."""
    assert [row.name for row in every()["tornado"].ranges] == ["sickness", "no-shows", "caseload"]  # type: ignore[attr-defined]
    prices = every()["price-of-rules"].ranges  # type: ignore[attr-defined]
    assert [(row.name, row.note) for row in prices] == [
        ("recovery_buffer", ""),
        ("breaks", ""),
        ("debrief", "not decided"),
    ]


def test_frames_of_every_library_are_the_same() -> None:
    """A study would have to be carried from one library to another to be drawn."""
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    def staffing(frame: object) -> object:
        return plots.staffing_curve(frame, x="fte", y="sessions", series="skill")

    plain = staffing(STAFF)
    exact = {**STAFF, "sessions": [Decimal(n) for n in STAFF["sessions"]]}
    assert (
        plain == staffing(pd.DataFrame(STAFF)) == staffing(pl.DataFrame(STAFF)) == staffing(pa.table(STAFF))
    )
    assert plain == staffing(exact) == staffing(pl.LazyFrame(STAFF))
    weeks = plots.exposure_over_weeks(WEEKS)
    assert weeks == plots.exposure_over_weeks(pl.DataFrame(WEEKS))
    dated = pd.DataFrame(WEEKS).assign(x=lambda frame: pd.to_datetime(frame["x"]))
    assert weeks == plots.exposure_over_weeks(dated)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ({"x": [1]}, [("missing_column", "frame, y")]),
        ({}, [("missing_column", "frame, x"), ("missing_column", "frame, y")]),
        ({"x": [], "y": []}, [("missing_argument", "frame")]),
        ({"x": [1, 2], "y": [1]}, [("bad_value", "frame")]),
        ({"x": "ab", "y": [1, 2]}, [("wrong_type", "frame, x")]),
        (
            {
                "x": [1, None, True, 4],
                "y": [float("inf"), "4", 2, 2],
                "lower": [1, 1, 3, 3],
                "upper": [2] * 4,
            },
            [
                ("not_finite", "frame, row 0, y"),
                ("missing_value", "frame, row 1, x"),
                ("wrong_type", "frame, row 1, y"),
                ("wrong_type", "frame, row 2, x"),
                ("out_of_range", "frame, row 3, lower"),
            ],
        ),
        ({"x": [1, 1], "y": [1, 2]}, [("double_row", "frame, row 1, x")]),
        ({"x": [1], "y": [1], "lower": [2], "upper": [1]}, [("out_of_range", "frame, row 0, lower")]),
        ([1, 2], [("wrong_type", "frame")]),
    ],
)
def test_all_that_is_wrong_with_a_frame_is_told_at_once(
    frame: object, expected: list[tuple[str, str]]
) -> None:
    """Somebody would mend one cell after the other, or see a picture of half the study."""
    with pytest.raises(InputError) as caught:
        plots.staffing_curve(frame)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == expected


def test_dates_and_numbers_do_not_mix() -> None:
    """Weeks would be drawn 2,000 years apart."""
    with pytest.raises(InputError, match="either dates or numbers"):
        plots.exposure_over_weeks({"x": [MONDAY, 3], "y": [1, 2]})
