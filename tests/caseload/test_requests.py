"""Requests that follow from bands: for whom, how many, how urgent, under which name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.caseload import with_requests_from_bands, without_requests_from_bands
from safeschedule.problem import AllowedMode, Problem, Request, faults
from safeschedule.samples import PROFILES, generate
from tests.caseload.team import bands, client, past, problem, request


def added(week: Problem) -> list[Request]:
    """Give what follows from the bands."""
    return list(with_requests_from_bands(week).requests[len(week.requests) :])


def only(week: Problem) -> Request:
    (found,) = added(week)
    return found


def test_a_contact_that_is_due_is_asked_for() -> None:
    """A client whom nobody has asked for would be forgotten."""
    found = only(problem(client(last_contact="2026-09-20")))
    assert found == Request(
        id="contact K1 2026-10-04",
        client="K1",
        session_type="talk",
        priority=3,
        mode=AllowedMode.EITHER,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"requests": [request("R1")]},
        {"requests": [request("R1", session_type="group", group="G1")]},
        {"bands": bands(contact_type=None)},
        {"clients": [client(clinician=None, last_contact="2026-09-01")]},
        {"clients": [client()]},
    ],
    ids=["asked for", "asked for in a group", "band without a type", "of nobody", "never seen"],
)
def test_no_contact_is_asked_for(change: dict[str, Any]) -> None:
    """Somebody would be asked for twice, or with nothing to go by."""
    groups = [{"id": "G1", "session_type": "group", "open": True}]
    week = problem(client(last_contact="2026-09-01"), groups=groups)
    assert added(Problem.model_validate(week.model_dump() | change)) == []


def test_a_review_is_no_contact_and_a_contact_no_review() -> None:
    """A client with a weekly request would never be reviewed, or one in review never seen otherwise."""
    due = client(last_contact="2026-09-01", next_review="2026-10-07")
    asked = problem(due, requests=[request("R1", session_type="review")])
    assert [found.id for found in added(asked)] == ["contact K1 2026-09-15"]
    asked = problem(due, requests=[request("R1")])
    assert [(found.id, found.session_type) for found in added(asked)] == [("review K1 2026-10-07", "review")]


@pytest.mark.parametrize(
    ("last", "unmet", "asked"),
    [
        ("2026-09-07", ["R1"], True),  # due on 21 September, overdue by fourteen days
        ("2026-09-08", ["R1"], False),
        ("2026-09-07", ["R2"], False),
        ("2026-09-07", [], False),
    ],
)
def test_a_request_that_nobody_meets_does_not_stand_in_the_way(
    last: str, unmet: list[str], asked: bool
) -> None:
    """A client whose request cannot be met would never be seen."""
    week = problem(client(last_contact=last), requests=[request("R1")])
    full = with_requests_from_bands(week, unmet)
    assert (len(full.requests) == 2) is asked
    assert without_requests_from_bands(full) == week


def test_a_review_is_asked_for_of_clients_with_an_own_clinician_and_a_type() -> None:
    """A review would be asked for that nobody could hold."""
    week = problem(client(clinician=None, next_review="2026-10-07"))
    assert added(week) == []
    assert added(problem(client(next_review="2026-10-07"), bands=bands(review_type=None))) == []


@pytest.mark.parametrize(
    ("band", "overdue", "priority"),
    [
        ("low", 0, 2),
        ("moderate", 0, 3),
        ("high", 0, 4),
        ("very_high", 0, 5),
        ("low", 27, 2),
        ("low", 28, 3),
        ("moderate", 14, 4),
        ("moderate", 28, 5),
        ("moderate", 90, 5),
        ("high", 1, 5),
    ],
)
def test_priority_rises_with_the_band_and_the_intervals_overdue(
    band: str, overdue: int, priority: int
) -> None:
    """Long overdue contacts would wait behind those that fall due today."""
    days = next(entry["contact_days"] for entry in bands() if entry["id"] == band)
    monday = problem().week_start.toordinal()
    last = type(problem().week_start).fromordinal(monday - overdue - days)
    assert only(problem(client(band=band, last_contact=str(last)))).priority == priority


def test_priorities_of_three_bands_lie_evenly() -> None:
    """With bands of one's own the middle one would count as the lowest or as the highest."""
    three = [band for band in bands() if band["id"] != "very_high"]
    found = [
        only(problem(client(band=band["id"], next_review="2026-10-07"), bands=three)).priority
        for band in three
    ]
    assert found == [2, 4, 5]
    (one,) = (band for band in bands() if band["id"] == "low")
    assert only(problem(client(band="low", next_review="2026-10-07"), bands=[one])).priority == 2


@pytest.mark.parametrize(
    ("last", "change", "count"),
    [
        ("2026-10-02", {}, 3),  # due on Monday, Thursday and Sunday
        ("2026-10-03", {}, 2),  # due on Tuesday and Friday
        ("2026-10-06", {}, 1),  # due on Friday
        ("2026-09-01", {}, 3),  # overdue: from Monday on
        ("2026-10-02", {"windows": [{"day": "mon", "start": "09:00", "end": "12:00"}]}, 1),
        (
            "2026-10-02",
            {"windows": [{"day": d, "start": "09:00", "end": "12:00"} for d in ("mon", "tue")]},
            1,
        ),
        ("2026-10-02", {"days_between": 3}, 2),
        ("2026-10-04", {"days_between": 6, "band": "very_high"}, 1),
    ],
)
def test_as_many_contacts_as_fall_due_and_can_lie_in_the_week(
    last: str, change: dict[str, Any], count: int
) -> None:
    """More would be asked for than the client's days can hold, or less than the band asks."""
    who = client(band="very_high", last_contact=last) | change
    assert only(problem(who)).count == count


def test_dates_next_to_the_last_contact_do_not_count() -> None:
    """A session would be asked for that the spacing rule forbids."""
    monday = [{"day": "mon", "start": "09:00", "end": "12:00"}]
    who = client(band="very_high", last_contact="2026-10-04", windows=monday)
    assert added(problem(who)) == []
    free = {"rules": {"client_spacing": {"enabled": False}}}
    assert only(problem(who, rulebook=free)).count == 1


def test_the_name_stays_while_nobody_sees_the_client() -> None:
    """A request that ages would pass for a new one each week."""
    who = client(last_contact="2026-09-10")
    later = problem(who, week_start="2026-10-12")
    assert only(problem(who)).id == only(later).id == "contact K1 2026-09-24"


def test_names_are_unique_and_short_enough_whatever_the_codes() -> None:
    """A problem that is right would become one that is not."""
    long = "K" * 80
    taken = request("contact K1 2026-09-24", "K2")
    week = problem(
        client(last_contact="2026-09-10"),
        client("K2", last_contact="2026-10-02"),
        client(long, last_contact="2026-09-10"),
        requests=[taken],
    )
    full = with_requests_from_bands(week)
    assert faults.find(full) == ()
    assert len(full.requests) == 3
    assert Problem.model_validate_json(full.model_dump_json()) == full


@settings(max_examples=15)
@given(st.integers(4, 12), st.integers(0, 2**32), st.sampled_from(sorted(PROFILES)))
def test_generated_weeks_stay_sound_and_can_be_put_back(clinicians: int, seed: int, profile: str) -> None:
    """A roll would end at its first week, or carry derived requests twice."""
    week = generate(clinicians, seed, profile=profile)
    full = with_requests_from_bands(week)
    assert faults.find(full) == ()
    assert len(full.requests) > len(week.requests)
    assert with_requests_from_bands(full) == full
    assert without_requests_from_bands(full) == week


def test_a_derived_request_that_was_changed_is_somebodys_own() -> None:
    """Who named a stand-in would have to do it again each week."""
    full = with_requests_from_bands(problem(client(last_contact="2026-09-10")))
    named = full.requests[0].model_copy(update={"clinician": "C2"})
    changed = full.model_copy(update={"requests": (named,)})
    assert without_requests_from_bands(changed) == changed
    assert with_requests_from_bands(changed) == changed


def test_history_counts_as_contact() -> None:
    """Somebody who was seen last week would be asked for again at once."""
    seen = {"appointments": [past("K1", "2026-10-01")]}
    assert added(problem(client(last_contact="2026-09-01"), history=seen)) == []
