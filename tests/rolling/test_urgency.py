"""Overdue contacts of high-acuity bands come before whatever lower bands ask for."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.caseload import with_requests_from_bands
from safeschedule.model.index import Index
from safeschedule.model.session_value import value_of
from safeschedule.problem import Problem
from safeschedule.rolling import roll
from safeschedule.samples import generate
from tests.caseload.team import bands, client, problem, request
from tests.rolling.weeks import HOURS, LIMITS, week


def value(given: Problem, code: str) -> int:
    """Give what a session of a request is worth to the optimiser."""
    index = Index(given)
    return value_of(index, index.settings["access"], index.request_number[code])


@given(
    st.sampled_from(["high", "very_high"]),
    st.integers(1, 90),
    st.sampled_from(["low", "moderate"]),
    st.integers(1, 5),
)
def test_an_overdue_contact_is_worth_more_than_any_lower_request_that_is_not_overdue(
    band: str, overdue: int, lower: str, priority: int
) -> None:
    """Somebody at risk would be left out for somebody who is not, as soon as that request has aged."""
    days = next(entry["contact_days"] for entry in bands() if entry["id"] == band)
    monday = problem().week_start
    late = client("H", band=band, last_contact=str(monday - timedelta(days=days + overdue)))
    calm = client("L", band=lower, last_contact=str(monday - timedelta(days=7)))
    full = with_requests_from_bands(problem(late, calm, requests=[request("R1", "L", priority=priority)]))
    (contact,) = (entry.id for entry in full.requests if entry.client == "H")
    assert value(full, contact) > value(full, "R1")


def test_a_small_team_with_too_much_to_do_leaves_no_overdue_high_band_client() -> None:
    """Over a quarter, those at risk would wait behind weekly sessions of those who are not."""
    clients = [
        {"id": f"L{n}", "clinician": "C1", "band": "low", "last_contact": "2026-09-28"} for n in range(9)
    ]
    clients += [
        {"id": f"H{n}", "clinician": "C1", "band": "high", "last_contact": f"2026-09-{20 + n}"}
        for n in range(4)
    ]
    weekly = [
        {"id": f"R{n}", "client": f"L{n}", "session_type": "talk", "every": 1, "priority": 5}
        for n in range(9)
    ]
    team = [{"id": "C1", "working": HOURS}]
    done = roll(
        week(clinicians=team, clients=clients, requests=weekly, bands=bands(review_type=None)), 13, **LIMITS
    )
    assert done.complete
    for planned in done.weeks:
        assert (planned.row.left_to_age, planned.row.passed_over) == (0, 0)
        assert planned.row.left_out > 0
    assert done.summary.totals is not None
    assert done.summary.totals.overdue_high_acuity_end == 0


@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="some four minutes; SAFESCHEDULE_LONG=1")
@pytest.mark.slow
@pytest.mark.long
def test_a_quarter_of_twelve_clinicians() -> None:
    """A quarter would take too long to be of use, or leave those at risk to age."""
    began = time.monotonic()
    done = roll(generate(12, 1), 13)
    assert time.monotonic() - began < 300
    assert done.complete, done.stopped
    assert all(planned.verification.compliant for planned in done.weeks)
    # A week far from its bound had too little time on this machine, and says nothing.
    near = [planned.row for planned in done.weeks if planned.row.gap is not None and planned.row.gap < 0.05]
    assert sum(row.passed_over for row in near) == 0
