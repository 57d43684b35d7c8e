"""Measures, each by a case worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from safeschedule.actuals import Actuals
from safeschedule.caseload.measures import TABLE, Area, Measure, balanced_measures
from safeschedule.errors import ArgumentError
from safeschedule.problem import Problem
from tests.caseload.happened import day, visit, week
from tests.caseload.team import client, problem

# Ten clients of C1 (25 points: one of high acuity), and one of C2; reviews and contacts of some are late.
CASELOAD = [
    client("K0", band="high", next_review="2026-10-01", last_contact="2026-10-01"),
    *(client(f"K{n}", next_review="2026-11-01", last_contact="2026-10-01") for n in range(1, 7)),
    *(client(f"K{n}", last_contact="2026-09-01") for n in range(7, 10)),
    client("K10", clinician="C2", points=4),
]
ATTENDED = [visit(f"K{n}", f"2026-08-0{3 + n // 2}T{9 + n % 2:02d}:00") for n in range(8)]
MISSED = [visit("K8", "2026-08-07T09:00", "no_show"), visit("K9", "2026-08-07T10:00", "no_show")]
CANCELLED = [
    visit("K8", "2026-08-07T12:00", "cancelled_late"),
    visit("K9", "2026-08-07T13:00", "cancelled_in_time"),
    visit("K9", "2026-08-07T14:00", "cancelled"),
    visit("K9", "2026-08-07T15:00", None),  # type: ignore[arg-type]
]


def noted(*times: str) -> list[dict[str, Any]]:
    return [visit(f"K{n}", f"2026-08-03T{9 + n:02d}:00", documented=time) for n, time in enumerate(times)]


def blocks(**fates: int) -> list[dict[str, Any]]:
    kinds = [fate for fate, count in fates.items() for _ in range(count)]
    plain = {"clinician": "C1", "kind": "documentation", "minutes": 30}
    return [plain | {"planned": f"2026-08-03T{8 + n:02d}:00", "fate": fate} for n, fate in enumerate(kinds)]


CASES: list[tuple[str, dict[str, Any], float, float]] = [
    (
        "wait_first_contact",
        {"first_contacts": [{"client": "A", "on": "2026-08-05", "referred": "2026-07-26"}]},
        10,
        1,
    ),
    (
        "first_contact_28",
        {
            "first_contacts": [
                *({"client": f"A{n}", "on": "2026-08-05", "referred": "2026-07-08"} for n in range(4)),
                {"client": "B", "on": "2026-08-05", "referred": "2026-07-07"},
                {"client": "C", "on": "2026-08-05"},
            ]
        },
        4,
        5,
    ),
    (
        "contact_after_flag",
        {
            "visits": ATTENDED,
            "flags": [
                {"client": "K4", "flag": "crisis_risk", "on": "2026-08-03"},
                {"client": "K9", "flag": "crisis_risk", "on": "2026-08-03"},
            ],
        },
        2,
        1,
    ),
    ("attendance", {"visits": [*ATTENDED, *MISSED, *CANCELLED]}, 8, 11),
    ("no_show", {"visits": [*ATTENDED, *MISSED, *CANCELLED]}, 2, 10),
    ("turnover_of_clients", {"discharges": [{"client": "A", "on": "2026-08-05"}]}, 1, 11),
    (
        "notes_in_hours",
        {
            "visits": noted(
                "2026-08-03T10:00",
                "2026-08-03T17:00",
                "2026-08-03T17:01",
                "2026-08-08T10:00",  # a Saturday
                "2026-08-04T09:00",
            )
        },
        3,
        5,
    ),
    (
        "notes_same_day",
        {
            "visits": noted(
                "2026-08-03T10:00", "2026-08-03T23:00", "2026-08-04T08:00", *2 * ["2026-08-03T18:00"]
            )
        },
        4,
        5,
    ),
    ("reviews_on_time", {}, 6, 7),
    ("contacts_on_time", {}, 7, 10),
    ("incident_rate", {"events": [{"kind": "incident", "on": "2026-08-05"}]}, 1, 2),
    ("near_miss_rate", {"events": [{"kind": "incident", "on": "2026-08-05"}]}, 0, 2),
    ("complaint_rate", {"events": 2 * [{"kind": "complaint", "on": "2026-08-05"}]}, 2, 2),
    ("escalation_rate", {"events": [{"kind": "escalation", "on": "2026-08-05", "client": "K1"}]}, 1, 2),
    ("protected_kept", {"blocks": blocks(kept=4, moved=1, lost=1)}, 4, 6),
    ("protected_moved", {"blocks": blocks(kept=4, moved=1, lost=1)}, 1, 6),
    ("protected_lost", {"blocks": blocks(kept=4, moved=1, lost=2)}, 2, 7),
    (
        "missed_breaks",
        {"days": [*(day(n, missed_break=n == 0) for n in range(5)), day(5), day(6, presence="sick")]},
        1,
        5,
    ),
    ("minutes_outside", {"days": [day(0, minutes_outside=30), day(1, minutes_outside=0), day(2)]}, 30, 2),
    (
        "documentation_outside",
        {"days": [day(0, documentation_outside=15), day(1, documentation_outside=5), day(2)]},
        20,
        2,
    ),
    (
        "sickness",
        {"days": [*(day(n, presence="present") for n in range(4)), day(4, presence="sick"), day(5)]},
        1,
        5,
    ),
    (
        "supervision_attended",
        {
            "supervision": [
                {
                    "kind": "case_review",
                    "on": "2026-08-05",
                    "attended": ["C1", "C2", "C3", "C4"],
                    "missed": ["C5"],
                }
            ]
        },
        4,
        5,
    ),
    ("exposure", {"visits": [*ATTENDED, visit("STRANGER", "2026-08-07T11:00")]}, 1, 8),
    ("clients_per_clinician", {}, 11, 2),
    ("clients_per_fte", {}, 11, 2),
    ("points_per_fte", {}, 25, 2),
    ("contact_hours", {"visits": ATTENDED}, 8, 2),
    ("utilisation", {"visits": ATTENDED}, 480, 4800),
    (
        "second_contact_28",
        {},
        0,
        0,
    ),
    ("turnover_of_staff", {}, 0, 0),
]


def team() -> Problem:
    return problem(*CASELOAD)


def measure(name: str, *weeks: Actuals, **asked: Any) -> Measure:
    (found,) = [entry for entry in balanced_measures(team(), weeks, **asked).measures if entry.id == name]
    return found


@pytest.mark.parametrize(("name", "lists", "numerator", "denominator"), CASES[:-2])
def test_a_measure_is_its_numerator_over_its_denominator(
    name: str, lists: dict[str, Any], numerator: float, denominator: float
) -> None:
    """A board would decide by a figure that is another than its definition says."""
    total = measure(name, week(**lists)).total
    assert (total.numerator, total.denominator) == (numerator, denominator)
    assert total.value == round(Decimal(numerator) / Decimal(denominator), 4)


def test_second_contacts_count_only_where_four_weeks_after_are_recorded() -> None:
    """Whoever was seen last week would count as never seen again."""
    contacts = [{"client": f"K{n}", "on": "2026-08-03"} for n in range(5)]
    seen = [visit(f"K{n}", "2026-08-03T09:00", clinicians=[f"C{n}"]) for n in range(5)]
    again = [visit("K0", "2026-08-31T09:00"), visit("K1", "2026-09-01T09:00")]
    weeks = [week(0, first_contacts=contacts, visits=seen), *(week(n, visits=[]) for n in (1, 2, 3))]
    assert measure("second_contact_28", *weeks).total.denominator is None
    total = measure("second_contact_28", *weeks, week(4, visits=again)).total
    assert (total.numerator, total.denominator) == (1, 5)


def test_turnover_of_staff_counts_who_left() -> None:
    """Somebody who joined would count as a loss."""
    moves = [
        {"clinician": code, "on": "2026-08-05", "move": move}
        for code, move in (("A", "left"), ("B", "joined"))
    ]
    people = [{"id": f"C{n}", "working": []} for n in range(5)]
    report = balanced_measures(problem(clinicians=people), [week(staff=moves)])
    (found,) = [entry.total for entry in report.measures if entry.id == "turnover_of_staff"]
    assert (found.numerator, found.denominator) == (1, 5)


def test_each_measure_has_its_case_and_its_area() -> None:
    """A measure would be in reports that nobody has ever worked out."""
    assert {name for name, *_ in CASES} == set(TABLE)
    assert {entry.area for entry in TABLE.values()} == set(Area)
    assert all(entry.numerator and entry.denominator and entry.source for entry in TABLE.values())


def test_what_nobody_recorded_is_not_known_and_never_nought() -> None:
    """A service that records no incidents would look safe."""
    assert not measure("incident_rate", week()).total.known
    none = measure("incident_rate", week(events=[])).total
    assert (none.known, none.value) == (True, 0)
    assert not measure("missed_breaks", week(days=[day(0)])).total.known


def test_a_total_is_of_the_weeks_that_are_known() -> None:
    """A week without records would pull a figure to nought."""
    found = measure("no_show", week(0, visits=[*ATTENDED, *MISSED]), week(1), week(2, visits=[]))
    assert [value.known for value in found.weeks] == [True, False, True]
    assert found.total.value == Decimal("0.2")


def test_shares_of_few_are_suppressed() -> None:
    """Of three visits, a share tells who stayed away."""
    few = [*ATTENDED[:3], MISSED[0]]
    total = measure("no_show", week(visits=few)).total
    assert (total.known, total.suppressed, total.value, total.numerator) == (True, True, None, None)
    assert measure("no_show", week(visits=few), least=4).total.value == Decimal("0.25")
    assert not measure("no_show", week(visits=[*few, visit("K9", "2026-08-07T16:00")])).total.suppressed


def test_figures_of_one_person_are_for_that_person_and_the_supervisor() -> None:
    """Measures would become a weapon against individuals."""
    weeks = [week(visits=[*ATTENDED, *MISSED], events=[])]
    for asked_by in (None, "C9", ""):
        with pytest.raises(ArgumentError) as caught:
            balanced_measures(team(), weeks, person="C1", asked_by=asked_by)
        assert [(fault.code, fault.place) for fault in caught.value.faults] == [("not_allowed", "asked_by")]
    for asked_by in ("C1", "C2"):
        report = balanced_measures(team(), weeks, person="C1", asked_by=asked_by)
        told = {entry.id: entry.total for entry in report.measures}
        assert told["no_show"].value == Decimal("0.2")
        assert told["clients_per_clinician"].value == 10
        assert not {"incident_rate", "wait_first_contact", "turnover_of_staff"} & told.keys()
    other = balanced_measures(team(), weeks, person="C2", asked_by="C2")
    assert next(entry.total for entry in other.measures if entry.id == "no_show").denominator is None


@pytest.mark.parametrize(("weeks", "code"), [([], "missing_argument"), ([week(), week()], "duplicate")])
def test_no_weeks_and_the_same_week_twice_are_refused(weeks: list[Actuals], code: str) -> None:
    """A week would count twice."""
    with pytest.raises(ArgumentError) as caught:
        balanced_measures(team(), weeks)
    assert [fault.code for fault in caught.value.faults] == [code]
