"""Who is due: the dates, the order, and whom nobody can judge."""

from __future__ import annotations

from datetime import date

import pytest

from safeschedule.caseload import due_contacts, due_reviews
from tests.caseload.team import client, past, problem


@pytest.mark.parametrize(
    ("last", "due", "overdue"),
    [
        ("2026-09-21", "2026-10-05", 0),  # due on the week's first date
        ("2026-09-20", "2026-10-04", 1),
        ("2026-09-27", "2026-10-11", 0),  # due on its last
        ("2026-08-01", "2026-08-15", 51),
    ],
)
def test_contact_is_due_the_bands_days_after_the_last(last: str, due: str, overdue: int) -> None:
    """Somebody would be called for too late, or before it is time."""
    (found,) = due_contacts(problem(client(last_contact=last)))
    assert (str(found.due), found.overdue, str(found.last_contact)) == (due, overdue, last)
    assert (found.client, found.clinician, found.band, found.rank) == ("K1", "C1", "moderate", 2)


def test_who_falls_due_after_the_week_is_left_out() -> None:
    """The list of a week would hold the next week's clients too."""
    assert due_contacts(problem(client(last_contact="2026-09-28"))) == ()
    assert due_reviews(problem(client(next_review="2026-10-12"))) == ()


def test_the_last_contact_is_the_later_of_the_field_and_the_history() -> None:
    """A client who was seen would count as one who was not."""
    histories = ("2026-09-15", "2026-09-22")
    week = problem(
        client(last_contact="2026-09-18"), history={"appointments": [past("K1", day) for day in histories]}
    )
    assert [str(found.last_contact) for found in due_contacts(week)] == ["2026-09-22"]
    week = problem(client(last_contact="2026-09-25"), history=week.history)
    assert [str(found.last_contact) for found in due_contacts(week)] == ["2026-09-25"]


def test_clients_of_nobody_and_those_never_seen_are_not_due_for_contact() -> None:
    """A date would be told that nobody can know."""
    assert due_contacts(problem(client(), client("K2", clinician=None, last_contact="2026-01-01"))) == ()


def test_reviews_are_due_on_their_date_for_everybody_who_has_one() -> None:
    """A review would be forgotten."""
    week = problem(
        client(next_review="2026-10-11"),
        client("K2", clinician=None, next_review="2026-10-01", last_contact="2026-10-02"),
        client("K3"),
    )
    found = due_reviews(week)
    assert [(d.client, d.clinician, d.overdue, d.last_contact) for d in found] == [
        ("K2", None, 4, date(2026, 10, 2)),
        ("K1", "C1", 0, None),
    ]


def test_the_most_overdue_come_first_then_the_highest_bands_then_codes() -> None:
    """Whoever reads the first lines would miss the most urgent."""
    week = problem(
        client("B", last_contact="2026-09-22"),
        client("A", last_contact="2026-09-22"),
        client("V", band="very_high", last_contact="2026-10-03"),
        client("H", band="high", last_contact="2026-09-27"),
        client("O", last_contact="2026-09-19"),
    )
    assert [found.client for found in due_contacts(week)] == ["O", "H", "V", "A", "B"]


def test_due_as_plain_data_has_dates_as_text() -> None:
    """``contacts --json`` would fail on a date."""
    (found,) = due_contacts(problem(client(band="high", last_contact="2026-09-20")))
    assert found.to_dict() == {
        "schema_version": "1",
        "client": "K1",
        "clinician": "C1",
        "band": "high",
        "rank": 3,
        "high_acuity": True,
        "last_contact": "2026-09-20",
        "due": "2026-09-27",
        "overdue": 8,
    }
