"""The frames of a week: they say what the objects say, and each column is explained."""

from __future__ import annotations

import pytest

from docs import generate_frames
from safeschedule import Problem, Result, Schedule, verify
from safeschedule.exchange.frames.declared import OUTCOME
from safeschedule.exchange.frames.kinds import CLOCK, NUMBER, WHOLE
from safeschedule.exchange.frames.layout import tables
from safeschedule.samples import generate
from tests.api.answers import problem, result, schedule
from tests.exchange.support import packed

for _name in ("narwhals", "pandas", "polars"):
    pytest.importorskip(_name)

UNITLESS = {"seed"}


def test_no_two_frames_and_no_two_columns_have_one_name() -> None:
    """Otherwise a folder would hold one of the two."""
    assert not tables().keys() & OUTCOME.keys()
    for table in (*tables().values(), *OUTCOME.values()):
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name


def test_each_column_says_what_it_means_and_in_which_unit() -> None:
    """Otherwise minutes would be taken for hours."""
    for table in (*tables().values(), *OUTCOME.values()):
        for column in table.columns:
            assert column.about, (table.name, column.name)
            if column.kind in (CLOCK, NUMBER, WHOLE) and column.name not in UNITLESS:
                assert column.unit, (table.name, column.name)


def test_every_state_of_a_rule_is_explained() -> None:
    """Otherwise somebody would count what overrides excuse as broken, or as kept."""
    (column,) = [own for own in OUTCOME["rules"].columns if own.name == "state"]
    for state in ("kept", "broken", "cost", "excused"):
        assert state in column.about


def test_a_result_is_told_as_its_objects_tell_it() -> None:
    """Otherwise a figure of a study would be another than the page's."""
    frames = result().frames(problem(), "polars")
    week, account = schedule(), result().verification
    assert account is not None
    assert set(frames) == set(OUTCOME)
    assert frames["appointments"]["start"].to_list() == [item.start for item in week.appointments]
    assert frames["blocks"]["minutes"].sum() == sum(item.minutes for item in week.blocks)
    assert frames["rules"]["penalty"].sum() == sum(account.penalties.values())
    assert frames["solve"]["objective"].item() == result().objective
    assert frames["tiers.rules"]["objective"].sum() == result().objective


def test_people_and_items_can_be_joined() -> None:
    """Otherwise who is in a session with several people could not be summed."""
    asked = generate(6, seed=2, features=("all",))
    frames = packed(asked).frames(asked, "pandas")
    people, sessions = frames["participation"], frames["appointments"]
    booked = people[people["what"] == "appointment"]
    assert len(booked.merge(sessions, left_on="item", right_on="appointment")) == len(booked)
    given = booked[booked.role == "clinician"].groupby("person").size()
    told = frames["load"].set_index("clinician").sessions
    assert (given == told[told > 0]).all()
    assert frames["left_out"].urgent.notna().all()


def test_findings_and_notices_name_whom_they_are_about() -> None:
    """Otherwise findings could not be counted by clinician."""
    asked = problem()
    empty = Schedule(week_start=asked.week_start, time_zone=asked.time_zone)
    account = verify(asked, empty)
    frames = account.frames(asked, "polars")
    assert frames["findings"].height == len(account.findings) > 0
    assert frames["findings.concerned"].height == sum(len(found.who) for found in account.findings)
    assert frames["notices"].height == len(account.notices)


def test_a_solve_without_a_schedule_has_frames_without_rows() -> None:
    """Otherwise one infeasible week would break a study of a hundred."""
    from dataclasses import replace

    nothing: Result = replace(result(), schedule=None, verification=None)
    frames = nothing.frames(problem(), "pandas")
    assert len(frames["appointments"]) == len(frames["findings"]) == 0
    assert not frames["solve"].verified.item()


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_types_are_the_same_whether_there_are_rows_or_not(backend: str) -> None:
    """Otherwise the frames of two weeks could not be put below each other."""
    import narwhals as nw

    full = generate(2, seed=1, features=("all",)).frames(backend)
    bare = Problem(week_start="2026-10-05", clinicians=()).frames(backend)
    assert {name: nw.from_native(own).schema for name, own in full.items()} == {
        name: nw.from_native(own).schema for name, own in bare.items()
    }


def test_the_page_of_the_frames_is_that_of_the_code() -> None:
    """Otherwise a column would be looked up in vain; `make docs-rules` mends it."""
    assert generate_frames.FILE.read_text(encoding="utf-8") == generate_frames.page()
