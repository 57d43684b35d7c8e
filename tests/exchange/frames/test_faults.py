"""What is wrong in frames is told all at once, with frame, row and column."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from safeschedule import ArgumentError, InputError, Problem, Rulebook
from safeschedule.samples import generate

pytest.importorskip("narwhals")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

HOURS = {"clinician": ["C1"], "day": ["mon"], "start_minute_of_day": [540], "end_minute_of_day": [1020]}


def team(**frames: Any) -> dict[str, Any]:
    """Return the frames of one clinician, and others; ``_`` in names stands for the dot."""
    found = {"clinicians": pd.DataFrame({"id": ["C1"]}), "clinicians.working": pd.DataFrame(HOURS)}
    return found | {name.replace("__", "."): frame for name, frame in frames.items()}


def faults(frames: dict[str, Any], **fields: Any) -> list[str]:
    """Return what is told of frames."""
    with pytest.raises(InputError) as caught:
        Problem.from_frames(frames, **{"week_start": "2026-10-05", **fields})
    return [str(fault) for fault in caught.value.faults]


def test_all_faults_are_told_with_frame_row_and_column() -> None:
    """Otherwise a study of a thousand clients would be mended in a thousand runs."""
    clients = pd.DataFrame({"id": ["K1", "K2", 3], "band": ["high", "hihg", None], "clinicain": "C1"})
    windows = pl.DataFrame({"client": ["K1", "K9"], "day": ["mon", "fry"], "start_minute_of_day": [0, 30]})
    found = faults(team(clients=clients, clients__windows=windows, cleints=clients))
    assert [line.partition(":")[0].partition(" (")[0] for line in found] == [
        "cleints",
        "clients, clinicain",
        "clients, row 2, id",
        "clients.windows",
        "clients.windows, row 1, client",
    ]
    assert "did you mean clients?" in found[0]
    assert "did you mean clinician?" in found[1]


def test_what_the_problem_says_is_told_of_cells() -> None:
    """Otherwise a place such as clients[1].band would have to be counted out in a frame."""
    clients = pd.DataFrame({"id": ["K1", "K2"], "band": ["high", "hihg"]})
    windows = pd.DataFrame({"client": ["K2"], "day": ["fry"], "start_minute_of_day": [0]})
    (band,) = faults(team(clients=clients))
    assert band.startswith('clients, row 1, band (client K2): found "hihg"; expected')
    rows = faults(team(clients=clients, clients__windows=windows.assign(end_minute_of_day=60)))
    assert any(line.startswith("clients.windows, row 0, day") for line in rows)
    assert faults(team(), week_start="soon")[0].startswith("week_start")


def test_lists_rules_and_what_there_is_once_have_their_cells() -> None:
    """Otherwise a fault of a rulebook or of a list of codes would name no row."""
    rules = pd.DataFrame({"rule": ["cover", "siesta"], "weight": [1, 2]})
    parameters = pd.DataFrame(
        {"rule": ["cover", "breaks"], "parameter": ["x", "y"], "value_json": ["{", "1"]}
    )
    skills = pl.DataFrame({"clinician": ["C1", "C1"], "skill": ["emdr", ""]})
    found = faults(
        team(
            clinicians__skills=skills,
            rulebook__rules=rules,
            rulebook__rules__parameters=pd.DataFrame(parameters),
            problem=pl.DataFrame({"grid_minutes": [7]}),
        )
    )
    places = [line.partition(":")[0] for line in found]
    assert "rulebook.rules.parameters, row 0, value_json" in places
    assert any(place.startswith("clinicians.skills, row 1, skill") for place in places)
    assert "problem, row 0, grid_minutes" in places


def test_a_frame_that_cannot_be_missing_is_told_once() -> None:
    """Otherwise a team without hours would be told of each of its people."""
    frames = {"clinicians": pl.DataFrame({"id": [f"C{n}" for n in range(50)]})}
    assert [line.partition(":")[0] for line in faults(frames)] == ["clinicians.working"]


def test_columns_that_are_needed_are_told_once() -> None:
    """Otherwise a column that was forgotten would be told of each row."""
    frames = team(clients=pl.DataFrame({"band": ["high"] * 40}))
    assert [line.partition(":")[0] for line in faults(frames)] == ["clients"]


@pytest.mark.parametrize("absent", [None, float("nan"), pd.NaT, pd.NA])
def test_what_is_absent_means_the_default(absent: object) -> None:
    """Otherwise an empty cell of pandas would be a clinician called NaN."""
    clinicians = pd.DataFrame(
        {"id": ["C1", "C2"], "role": absent, "fte": [0.5, absent], "is_supervisor": True}
    )
    clients = pd.DataFrame({"id": ["K1"], "last_contact": [absent], "days_between": [absent]})
    problem = Problem.from_frames(
        team(clinicians=clinicians.astype(object), clients=clients.astype(object)), week_start="2026-10-05"
    )
    assert [float(own.fte) for own in problem.clinicians] == [0.5, 1]
    assert {own.role for own in problem.clinicians} == {"clinician"}
    assert problem.clients[0].last_contact is None


@pytest.mark.parametrize("start", [540, 540.0, "09:00", time(9)])
def test_times_of_day_are_taken_in_each_form_that_means_one_thing(start: object) -> None:
    """Otherwise a column of times, which polars has, would have to be made minutes by hand."""
    hours = pd.DataFrame({**HOURS, "start_minute_of_day": pd.Series([start], dtype=object)})
    problem = Problem.from_frames(team(clinicians__working=hours), week_start="2026-10-05")
    assert problem.clinicians[0].working[0].start == 540


@pytest.mark.parametrize(
    "day", ["2026-09-01", date(2026, 9, 1), datetime(2026, 9, 1), pd.Timestamp("2026-09-01")]
)
def test_dates_are_taken_in_each_form_that_means_one_thing(day: object) -> None:
    """Otherwise a date of one library would be none of another's."""
    clients = pd.DataFrame({"id": ["K1"], "waiting_since": pd.Series([day], dtype=object)})
    problem = Problem.from_frames(team(clients=clients), week_start="2026-10-05")
    assert problem.clients[0].waiting_since == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("waiting_since", datetime(2026, 9, 1, 9)),
        ("waiting_since", pd.Timestamp("2026-09-01", tz="Europe/London")),
        ("waiting_since", 3),
        ("points", "3"),
        ("points", True),
        ("days_between", 1.5),
        ("days_between", float("inf")),
        ("comes_daily", 1),
        ("band", 42),
    ],
)
def test_what_a_column_cannot_hold_is_refused(column: str, value: object) -> None:
    """Otherwise it would be guessed what was meant."""
    clients = pd.DataFrame({"id": ["K1"], column: pd.Series([value], dtype=object)})
    (told,) = faults(team(clients=clients))
    assert told.startswith(f"clients, row 0, {column}:")
    assert told.endswith("[wrong_type]")


def test_frames_that_are_none_are_refused_together() -> None:
    """Otherwise a list in place of a frame would end in somebody else's traceback."""
    double = pd.DataFrame([["K1", "K2"]], columns=["id", "id"])
    assert len(faults(team(clients=[1], rooms="x", requests=double))) == 3
    with pytest.raises(ArgumentError):
        Problem.from_frames([1, 2])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        Problem.from_frames({}, weekstart="2026-10-05")
    with pytest.raises(ArgumentError):
        generate(1, seed=1).frames("R")


def test_fields_are_given_beside_frames_and_not_twice() -> None:
    """Otherwise one of two rulebooks would be taken without a word."""
    strict = Rulebook(name="strict")
    problem = Problem.from_frames(team(), week_start=date(2026, 10, 5), rulebook=strict)
    assert problem.rulebook == strict
    assert any("both" in line for line in faults(team(), clinicians=problem.clinicians))


def test_lazy_frames_are_read() -> None:
    """Otherwise somebody who scans files would have to collect each by hand."""
    lazy = pl.DataFrame({"id": ["K1"]}).lazy()
    assert Problem.from_frames(team(clients=lazy), week_start="2026-10-05").clients[0].id == "K1"
