"""The panels of the weeks ahead, by cases worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.actuals import Actuals
from safeschedule.caseload.panels import ExpectedChanges, PanelForecast, panel_forecast, read_expected
from safeschedule.errors import ArgumentError, InputError
from safeschedule.problem import Problem
from tests.caseload.team import HOURS, client, problem

WEEKS = [date(2026, 10, day) for day in (5, 12, 19, 26)]


def team(*clients: dict[str, Any], **own: Any) -> Problem:
    """Give one clinician with a cap of six points."""
    person = {"id": "C1", "working": HOURS, "caseload_cap": 6}
    return problem(*clients, clinicians=[person | own])


def full() -> Problem:
    return team(client("K1", band="high"), client("K2", band="high"))


def known(*discharges: tuple[str, str], starts: Any = ()) -> ExpectedChanges:
    leaving = [{"client": code, "on": on} for code, on in discharges]
    return ExpectedChanges.model_validate({"discharges": leaving, "starts": list(starts)})


def first(found: PanelForecast, who: str | None = None) -> dict[str, date | None]:
    return {room.band: room.first for room in found.rooms if room.who == who}


def recorded(count: int, discharges: int) -> list[Actuals]:
    gone = [{"client": f"G{n}", "on": "2026-08-03"} for n in range(discharges)]
    return [Actuals(week_start=date(2026, 8, 3), discharges=gone)] * count


@pytest.mark.parametrize(
    ("on", "week"), [("2026-10-05", 0), ("2026-10-06", 1), ("2026-10-12", 1), ("2026-10-15", 2)]
)
def test_a_discharge_makes_room_from_the_first_whole_week_after_it(on: str, week: int) -> None:
    """Somebody would be promised a first session in a week in which the place is still taken."""
    found = panel_forecast(full(), weeks=4, expected=known(("K1", on)))
    assert first(found) == dict(zip(("low", "moderate", "high"), [WEEKS[week]] * 3, strict=True)) | {
        "very_high": None
    }
    assert [week.rows[0].points for week in found.weeks] == [6] * week + [3] * (4 - week)


def test_who_has_waited_longest_comes_first() -> None:
    """A place would be promised twice: to who waits already, and to who asks."""
    queue = [
        client("W1", clinician=None, band="moderate", waiting_since="2026-09-20"),
        client("W2", clinician=None, band="moderate", waiting_since="2026-09-01"),
    ]
    given_team = team(client("K1", band="high"), client("K2", band="high"), *queue)
    found = panel_forecast(given_team, weeks=4, expected=known(("K1", "2026-10-12"), ("W2", "2026-10-19")))
    # K1's three points go to W2, which leaves one; from the third week on W2 is gone, and W1 comes.
    assert [week.waiting for week in found.weeks] == [2, 1, 0, 0]
    assert [week.rows[0].points for week in found.weeks] == [6, 5, 5, 5]
    assert first(found) == {"low": WEEKS[1], "moderate": None, "high": None, "very_high": None}


def test_who_starts_has_a_share_of_the_caps_at_first() -> None:
    """A new colleague would be filled up in the first week."""
    new = {"id": "N1", "working": HOURS, "caseload_cap": 8, "high_acuity_cap": 3}
    start = {"clinician": new, "on": "2026-10-14", "ramp": [0.25, 0.5]}
    found = panel_forecast(full(), weeks=4, expected=known(starts=[start]))
    rows = [week.rows[1] for week in found.weeks]
    assert [row.away for row in rows] == [True, False, False, False]
    assert [row.cap for row in rows[1:]] == [2, 4, 8]
    assert [row.high_acuity_cap for row in rows[1:]] == [0, 1, 3]
    assert first(found, "N1") == {
        "low": WEEKS[1],
        "moderate": WEEKS[1],
        "high": WEEKS[2],
        "very_high": WEEKS[2],
    }


def test_whole_weeks_of_leave_and_closures_count() -> None:
    """Somebody on leave would be promised a new client."""
    away = {"start": "2026-10-12T00:00", "end": "2026-10-19T00:00"}
    days = [f"2026-10-{day}" for day in range(19, 24)]
    given_team = team(leave=[away]).with_changes(closures=[{"date": day} for day in days])
    found = panel_forecast(given_team, weeks=4)
    assert [week.rows[0].away for week in found.weeks] == [False, True, True, False]
    assert [week.headroom for week in found.weeks] == [6, 0, 0, 6]


def test_below_four_recorded_weeks_a_range_is_not_known() -> None:
    """A range would be made of hardly any data."""
    unknown = [*recorded(3, 1), Actuals(week_start=date(2026, 9, 7))]
    found = panel_forecast(full(), weeks=4, actuals=unknown)
    assert (found.discharge_rate, found.weeks_recorded) == (None, 3)
    assert {week.likely_headroom for week in found.weeks} == {None}
    assert {room.likely for room in found.rooms} == {None}


def test_more_recorded_discharges_make_room_earlier() -> None:
    """The range would not be of what was recorded: one of two clients a week is a rate of 0.5."""
    few, many = (panel_forecast(full(), weeks=8, actuals=recorded(10, n)) for n in (0, 1))
    assert (few.discharge_rate, many.discharge_rate) == (0, 0.5)

    def late(found: PanelForecast) -> date | None:
        (room,) = [room for room in found.rooms if room.who is None and room.band == "low"]
        assert room.likely is not None
        return room.likely[1]

    assert late(few) is None
    assert late(many) is not None
    assert panel_forecast(full(), weeks=8, actuals=recorded(10, 1)) == many


@settings(max_examples=6)
@given(st.integers(0, 3), st.integers(4, 9), st.integers(0, 100))
def test_further_discharges_never_take_room(discharges: int, weeks: int, seed: int) -> None:
    """The lower end of a range would lie below what is known today, although nobody waits."""
    found = panel_forecast(full(), weeks=3, actuals=recorded(weeks, discharges), seed=seed)
    for week in found.weeks:
        assert week.likely_headroom is not None
        assert week.headroom <= week.likely_headroom[0] <= week.likely_headroom[1]


def test_known_changes_that_do_not_fit_are_told_all_at_once() -> None:
    """A discharge would be lost by a slip in a code."""
    there = {"clinician": {"id": "C1", "working": HOURS}, "on": "2026-10-14"}
    with pytest.raises(ArgumentError) as caught:
        panel_forecast(full(), expected=known(("K9", "2026-10-12"), ("K1", "2026-10-01"), starts=[there]))
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("unknown_reference", "discharges[0].client"),
        ("out_of_range", "discharges[1].on"),
        ("duplicate_id", "starts[0].clinician.id"),
    ]


def test_a_file_of_known_changes_is_refused_with_all_faults(tmp_path: Any) -> None:
    """Somebody would mend one line after the other."""
    path = tmp_path / "known.json"
    path.write_text('{"discharges": [{"client": " ", "on": "soon"}], "leave": []}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_expected(path)
    assert {fault.place for fault in caught.value.faults} == {
        "discharges[0].client",
        "discharges[0].on",
        "leave",
    }


def test_who_is_going_to_be_referred_waits_from_then_on() -> None:
    """A place would be promised twice: to who asks now, and to who is known to come."""
    coming = {"client": {"id": "N1", "band": "high"}, "on": "2026-10-12"}
    changes = ExpectedChanges.model_validate({"referrals": [coming]})
    free = team(client("K1", band="low"))
    found = panel_forecast(free, weeks=3, expected=changes)
    assert [week.rows[0].points for week in found.weeks] == [1, 4, 4]
    assert found.panel.waiting == ()
    assert [week.waiting for week in panel_forecast(full(), weeks=3, expected=changes).weeks] == [0, 1, 1]


def test_who_leaves_takes_nobody_and_the_clients_go_on() -> None:
    """A forecast would count on somebody who is gone, or lose the clients of whoever leaves."""
    people = [
        {"id": code, "working": HOURS, "caseload_cap": 6, "is_supervisor": True} for code in ("C1", "C2")
    ]
    given = problem(
        client("K1", band="high"), client("K2", clinician="C2", band="moderate"), clinicians=people
    )
    for heir, waiting in ((None, 0), ("C2", 0)):
        leaving = {"clinician": "C1", "on": "2026-10-12", "takes_over": heir}
        found = panel_forecast(
            given, weeks=3, expected=ExpectedChanges.model_validate({"leavers": [leaving]})
        )
        assert [[row.points for row in week.rows] for week in found.weeks] == [[3, 2], [0, 5], [0, 5]]
        assert [week.rows[0].away for week in found.weeks] == [False, True, True]
        assert found.weeks[-1].waiting == waiting
    small = [{**people[0]}, {**people[1], "caseload_cap": 3}]
    crowded = problem(*(each.model_dump(mode="json") for each in given.clients), clinicians=small)
    leaving = {"clinician": "C1", "on": "2026-10-12"}
    found = panel_forecast(crowded, weeks=3, expected=ExpectedChanges.model_validate({"leavers": [leaving]}))
    assert [week.waiting for week in found.weeks] == [0, 1, 1]


def test_faults_of_known_changes_name_their_place() -> None:
    """A slip in a referral would be told as one of a client whom nobody has entered."""
    wrong = {
        "referrals": [
            {"client": {"id": "K1"}, "on": "2026-10-12"},
            {"client": {"id": "N2", "band": "hgih", "clinician": "C1"}, "on": "2026-09-12"},
            {
                "client": {"id": "N3"},
                "on": "2026-10-12",
                "request": {"id": "R", "client": "N2", "session_type": "tlak"},
            },
        ],
        "leavers": [
            {"clinician": "C1", "on": "2026-10-12", "takes_over": "C1"},
            {"clinician": "C1", "on": "2026-10-13"},
        ],
    }
    with pytest.raises(ArgumentError) as caught:
        panel_forecast(full(), expected=ExpectedChanges.model_validate(wrong))
    assert {(fault.code, fault.place) for fault in caught.value.faults} == {
        ("duplicate_id", "referrals[0].client.id"),
        ("unknown_reference", "referrals[1].client.band"),
        ("bad_value", "referrals[1].client.clinician"),
        ("out_of_range", "referrals[1].on"),
        ("unknown_reference", "referrals[2].request.client"),
        ("unknown_reference", "referrals[2].request.session_type"),
        ("unknown_reference", "leavers[0].takes_over"),
        ("duplicate_id", "leavers[1].clinician"),
    }
