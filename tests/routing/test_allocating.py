"""Allocation of a waitlist: in its order, to whoever has most room, and never past a cap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.caseload.panels import CaseloadFacts
from safeschedule.errors import ArgumentError
from safeschedule.ledger import IntakeRestriction, LedgerView
from safeschedule.problem import Problem
from safeschedule.routing import allocate_intakes
from tests.caseload.team import HOURS, client, problem

BANDS = st.sampled_from(["low", "moderate", "high", "very_high"])


def waiting(code: str, band: str, **changes: Any) -> dict[str, Any]:
    return client(code, clinician=None, band=band, waiting_since="2026-09-01") | changes


def team(caps: list[int], high: list[int], bands: list[str], skilled: list[bool]) -> Problem:
    """Give clinicians with these caps, and clients who wait, some of whom need a language."""
    people = [
        {"id": f"C{n}", "working": HOURS, "is_supervisor": True, "caseload_cap": cap, "high_acuity_cap": most}
        | {"skills": ["sign"] if n == 0 else []}
        for n, (cap, most) in enumerate(zip(caps, high, strict=True))
    ]
    asked = [
        {"id": f"R{n}", "client": f"W{n}", "session_type": "talk", "skills": ["sign"] if skill else []}
        for n, skill in enumerate(skilled)
    ]
    clients = [waiting(f"W{n}", band) for n, band in enumerate(bands)]
    return problem(*clients, clinicians=people, requests=asked)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=3),
    st.lists(st.tuples(BANDS, st.booleans()), max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_no_cap_is_passed_and_nobody_is_kept_back_who_has_a_place(
    caps: list[tuple[int, int]], clients: list[tuple[str, bool]]
) -> None:
    """Routing would send a client past a cap, or let somebody wait beside an open panel."""
    given = team(
        [cap for cap, _ in caps], [most for _, most in caps], [b for b, _ in clients], [s for _, s in clients]
    )
    codes = [each.id for each in given.clients]
    found = allocate_intakes(given, codes)
    assert sorted([e.client for e in found.taken] + [e.client for e in found.waiting]) == sorted(codes)
    takes = {each.client: each.clinician for each in found.taken}
    after = given.with_changes(
        clients=[c.model_copy(update={"clinician": takes.get(c.id)}) for c in given.clients]
    )
    carried = CaseloadFacts(after).carried
    for own in carried.values():
        assert own.points <= (own.cap or 0)
        assert own.high <= (own.high_cap or 0)
    skills = {request.client: set(request.skills) for request in given.requests}
    for each in found.taken:
        assert skills[each.client] <= set(given.by_code.clinicians[each.clinician].skills)
    # At the end nobody who waits fits anybody: whoever came later took no more room than was left.
    facts = CaseloadFacts(after)
    for each in found.waiting:
        assert {refusal.clinician for refusal in each.refusals} == set(carried)
        if not skills[each.client]:
            assert all(
                own.points + facts.weight([each.client]) > (own.cap or 0)
                or (facts.is_high(each.client) and own.high >= (own.high_cap or 0))
                for own in carried.values()
            )


def test_restricted_intakes_stay_closed() -> None:
    """Leadership would close a panel, and the week begin with a new client there."""
    given = team([9, 9], [3, 3], ["low", "low"], [False, False])
    closed = LedgerView((), restricted=(IntakeRestriction(3, "C0", date(2026, 10, 9)),))
    found = allocate_intakes(given, ["W0", "W1"], ledger=closed)
    assert {each.clinician for each in found.taken} == {"C1"}
    everybody = LedgerView((), restricted=(IntakeRestriction(3, None, date(2026, 10, 9)),))
    assert allocate_intakes(given, ["W0"], ledger=everybody).taken == ()


def test_who_does_not_wait_is_refused_with_all_faults() -> None:
    """A client of somebody would be given away, or a slip be left out in silence."""
    given = team([9], [3], ["low"], [False]).with_changes(requests=())
    with pytest.raises(ArgumentError) as caught:
        allocate_intakes(given, ["W0", "W9"])
    assert [fault.place for fault in caught.value.faults] == ["clients[0]", "clients[1]"]
