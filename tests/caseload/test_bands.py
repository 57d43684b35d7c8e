"""Bands are proposed by flags and reviews, and changed by clinicians only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from safeschedule.caseload import confirm_bands, proposed_bands
from safeschedule.caseload.bands import OWN_JUDGMENT
from safeschedule.errors import InputError
from safeschedule.problem import Problem
from safeschedule.serialisation import as_plain_data
from tests.caseload.team import client, problem

ON = date(2026, 10, 7)


def proposed(*clients: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(entry.client, entry.band, entry.proposed) for entry in proposed_bands(problem(*clients))]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"flags": ["crisis_risk"]}, "high"),
        ({"flags": ["crisis_risk"], "next_review": "2026-10-05"}, "high"),
        ({"flags": ["volatile"]}, None),  # asks for nothing in this band
        ({"band": "low", "flags": ["volatile"]}, "moderate"),
        ({"band": "high", "flags": ["crisis_risk", "volatile"]}, None),
        ({"next_review": "2026-10-11"}, "low"),
        ({"next_review": "2026-10-12"}, None),  # not due yet
        ({}, None),
        ({"next_review": "2026-10-05", "flags": ["volatile"]}, None),  # would escalate from the lower band
        ({"next_review": "2026-10-05", "flags": ["coordination"]}, "low"),
        ({"band": "low", "next_review": "2026-10-05"}, None),  # there is no lower one
        ({"band": "very_high", "next_review": "2026-10-05", "flags": ["crisis_risk"]}, "high"),
        ({"next_review": "2026-10-05", "last_contact": "2026-09-20"}, None),  # not seen when due
        ({"next_review": "2026-10-05", "last_contact": "2026-09-21"}, "low"),  # due on the first date
        ({"flags": ["crisis_risk"], "last_contact": "2026-09-01"}, "high"),  # up, however long unseen
    ],
)
def test_the_band_that_flags_and_reviews_ask_for(change: dict[str, Any], expected: str | None) -> None:
    """Somebody would stay in a band whose contacts are too few, or never leave one that is too high."""
    found = proposed(client(**change))
    assert found == ([("K1", change.get("band", "moderate"), expected)] if expected else [])


def test_reasons_name_the_flags_or_the_review() -> None:
    """A clinician could not tell why a band is proposed."""
    week = problem(client(next_review="2026-10-01"), client("K2", flags=["crisis_risk"], clinician=None))
    up, down = proposed_bands(week)
    assert (up.client, up.clinician) == ("K2", None)
    assert up.reason == "Carries the flag crisis_risk, with which moderate escalates."
    assert down.reason == "Review due 2026-10-01, and no flag with which low escalates."
    assert up.to_dict()["proposed"] == "high"


def test_nothing_changes_without_a_clinician() -> None:
    """A band would change by itself."""
    week = problem(client(flags=["crisis_risk"]))
    before = week.model_dump_json()
    proposed_bands(week)
    assert week.model_dump_json() == before


def test_confirmed_bands_count_from_their_date_and_are_on_record() -> None:
    """Nobody could tell who changed a band, and when."""
    week = problem(client(flags=["crisis_risk"]), client("K2", next_review="2026-10-05"), client("K3"))
    after, records = confirm_bands(week, {"K3": "very_high", "K1": "high", "K2": "moderate"}, "C2", ON)
    assert [(c.id, c.band, str(c.next_review)) for c in after.clients] == [
        ("K1", "high", "2026-11-06"),
        ("K2", "moderate", "2027-01-05"),
        ("K3", "very_high", "2026-10-21"),
    ]
    assert [as_plain_data(record) for record in records] == [
        {"client": "K1", "before": "moderate", "after": "high", "by": "C2", "on": "2026-10-07"}
        | {"reason": "Carries the flag crisis_risk, with which moderate escalates."},
        {"client": "K2", "before": "moderate", "after": "moderate", "by": "C2", "on": "2026-10-07"}
        | {"reason": OWN_JUDGMENT},
        {"client": "K3", "before": "moderate", "after": "very_high", "by": "C2", "on": "2026-10-07"}
        | {"reason": OWN_JUDGMENT},
    ]
    unchanged = {"clients": week.clients}
    assert after.model_copy(update=unchanged) == week


def test_every_unknown_code_is_told_at_once() -> None:
    """A misspelt client would keep the band, or a stranger would have confirmed it."""
    week: Problem = problem(client())
    with pytest.raises(InputError) as caught:
        confirm_bands(week, {"K9": "high", "K1": "hihg"}, "C7", ON)
    found = [(fault.code, fault.value) for fault in caught.value.faults]
    assert found == [("unknown_reference", f'"{code}"') for code in ("K9", "hihg", "C7")]
    assert "did you mean high" in str(caught.value)
