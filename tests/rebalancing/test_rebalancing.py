"""The smallest sets of transfers, against every set there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.caseload.panels import PanelState, panel_status
from safeschedule.errors import InputError
from safeschedule.ledger import Signatory
from safeschedule.ledger.chain import chained, walk
from safeschedule.problem import Problem
from safeschedule.rebalancing import Rebalancing, TransferSet, rebalance, transfer_statements
from safeschedule.samples import generate, sample
from tests.caseload.team import HOURS, client, past, problem, request
from tests.rebalancing.teams import Enumerated, teams

SPREADS = st.sampled_from([Fraction(0), Fraction(1, 5), Fraction(1)])


def assigned(team: Problem) -> tuple[str, ...]:
    return tuple(each.clinician or "" for each in team.clients)


def asked(team: Problem, spread: Fraction, **more: Any) -> Rebalancing:
    return rebalance(team, spread=Decimal(spread.numerator) / spread.denominator, **more)


@given(teams(), SPREADS, st.sampled_from([None, None, 0, 1, 2]))
@settings(max_examples=100, deadline=None)
def test_no_smaller_set_and_none_that_costs_less_exists(
    team: Problem, spread: Fraction, most: int | None
) -> None:
    """More clients would lose their clinician than have to, or somebody would stay over a cap in vain."""
    every = Enumerated(team, spread)
    answer = asked(team, spread, max_transfers=most)
    assert answer.proven
    excess, cost = every.best(most)
    assert answer.inside == (excess == (0, 0, 0))
    reached = [assigned(found.problem) for found in answer.sets] or [every.today]
    for after in reached:
        assert all(every.may(c, code) for c, code in zip(team.clients, after, strict=True))
        assert every.allowed(after)
        assert every.total(after) == excess
    assert every.cost(reached[0]) == cost
    unlimited = every.best()
    if most is not None and not answer.inside and unlimited[0] == (0, 0, 0):
        assert answer.needed == unlimited[1][0]
    else:
        assert answer.needed is None


@given(teams(), SPREADS)
@settings(max_examples=40, deadline=None)
def test_other_sets_are_as_small_and_move_other_clients(team: Problem, spread: Fraction) -> None:
    """An alternative would be the same set again, or a worse one, or one that is there would be missing."""
    every = Enumerated(team, spread)
    answer = asked(team, spread, alternatives=20)
    excess, least = every.best()
    ways = [way for way in every.ways() if len(every.moved(way)) == least[0]]
    smallest = {every.moved(way) for way in ways if every.total(way) == excess} - {frozenset()}
    sets = [frozenset(each.client for each in found.transfers) for found in answer.sets]
    assert len(set(sets)) == len(sets)
    assert set(sets) <= smallest
    costs = [every.cost(assigned(found.problem)) for found in answer.sets]
    assert costs == sorted(costs)
    # Clients who are alike in all that counts stand for each other.
    alike = {frozenset(swapped) for found in answer.sets for swapped in _swapped(found)}
    assert smallest <= alike or len(sets) == 21


def _swapped(found: TransferSet) -> list[set[str]]:
    """Return the sets that a set stands for: each of its clients may be another one who would do as well."""
    made: list[set[str]] = [set()]
    for each in found.transfers:
        made = [
            {*before, code} for before in made for code in (each.client, *each.instead) if code not in before
        ]
    return made


def crowded(points: int = 8, **other: Any) -> Problem:
    """Give C1 three clients of two points with a cap of so many less two, and C2 with room."""
    team = [
        {"id": "C1", "working": HOURS, "caseload_cap": 4, "is_supervisor": True, "supervisor": "C2"},
        {"id": "C2", "working": HOURS, "caseload_cap": points, "is_supervisor": True, "supervisor": "C1"}
        | other,
    ]
    return problem(
        client("K1"),
        client("K2"),
        client("K3"),
        clinicians=team,
        history={"appointments": [past("K1", "2026-08-03")]},
    )


def test_what_counts_is_told_and_the_problem_is_made() -> None:
    """Whoever confirms a transfer would not see who, from whom, and what it costs the client."""
    answer = rebalance(crowded(), spread=1, since={"K2": date(2026, 9, 28)})
    assert answer.disproportionate == ("C1",)
    assert answer.loads[0].sentence == "C1 carries 6 points, over the cap of 4."
    (first, *_) = answer.sets
    assert [(t.client, t.giver, t.taker, t.weeks) for t in first.transfers] == [("K2", "C1", "C2", 1)]
    assert str(first.transfers[0]) == "K2 from C1 to C2 (2 points, with C1 for 1 week)"
    assert assigned(first.problem) == ("C1", "C2", "C1")
    assert panel_status(first.problem).clinicians[0].state is not PanelState.OVER
    assert "No fewer transfers do." in str(answer)


def test_the_spread_is_a_bound_of_its_own() -> None:
    """Somebody with far more than the others would count as well off, being just under the cap."""
    team = crowded(100)
    wide = team.model_copy(
        update={
            "clinicians": tuple(p.model_copy(update={"caseload_cap": Decimal(10)}) for p in team.clinicians)
        }
    )
    assert rebalance(wide, spread=Decimal("0.3")).disproportionate == ()
    answer = rebalance(wide, spread=Decimal("0.2"))
    assert answer.loads[0].over == ("spread",)
    assert answer.loads[0].sentence == "C1 carries 6 points, over the bound of the spread of 5."
    assert (answer.inside, answer.sets[0].moved) == (True, 1)


def test_what_is_missing_is_named_by_skills_and_fte() -> None:
    """A service could not tell whom to hire, or would hire for what nobody needs."""
    team = crowded(points=0)
    asking = team.model_copy(
        update={
            "requests": problem(
                client("K1"),
                client("K2"),
                client("K3"),
                requests=[request(f"R{n}", f"K{n}", skills=["emdr"]) for n in (1, 2, 3)],
            ).requests,
            "clinicians": (team.clinicians[0].model_copy(update={"skills": ("emdr",)}), team.clinicians[1]),
        }
    )
    answer = rebalance(asking, spread=1)
    assert (answer.inside, answer.sets, answer.held) == (False, (), ())
    assert [(m.skills, m.points, m.clients, m.fte) for m in answer.missing] == [
        (("emdr",), Decimal(2), 1, Decimal("0.04"))
    ]
    assert str(answer.missing[0]) == "2 points with emdr (1 client) find no place: 0.04 FTE with emdr."


def test_clients_who_may_not_move_are_named() -> None:
    """Nobody would see that it is their own decision which keeps somebody over a cap."""
    answer = rebalance(crowded(), spread=1, keep=["K1", "K2", "K3"])
    assert (answer.inside, answer.missing) == (False, ())
    assert [(h.clinician, h.rule, h.over, h.clients) for h in answer.held] == [
        ("C1", "caseload_cap", Decimal(2), ("K1", "K2", "K3"))
    ]


def test_whoever_asked_by_name_or_has_a_pin_stays() -> None:
    """Somebody would lose the clinician whom they asked for, or an appointment that is agreed."""
    team = crowded()
    named = team.model_copy(
        update={
            "requests": problem(
                client("K1"),
                client("K2"),
                client("K3"),
                requests=[request("R1", "K1"), request("R2", "K2", clinician="C1")],
                pinned_appointments=[{"request": "R1", "clinician": "C1", "start": "2026-10-05T09:00"}],
            ).requests,
        }
    )
    pinned = named.model_copy(
        update={
            "pinned_appointments": problem(
                client("K1"),
                requests=[request("R1", "K1")],
                pinned_appointments=[{"request": "R1", "clinician": "C1", "start": "2026-10-05T09:00"}],
            ).pinned_appointments
        }
    )
    moved = {t.client for found in rebalance(pinned, spread=1, alternatives=9).sets for t in found.transfers}
    assert moved == {"K3"}


def test_a_couple_and_a_client_of_two_clinicians_stay() -> None:
    """One of a couple would be given away, and their session would be with somebody else's clinician."""
    types = [{"id": "talk", "minutes": 60, "largest": 2}]
    couple = request("R1", "K1", with_clients=["K2"])
    team = crowded()
    joint = problem(
        client("K1"),
        client("K2"),
        client("K3"),
        requests=[couple],
        session_types=types,
        bands=[{"id": "moderate", "rank": 1, "points": 2}],
        clinicians=[person.model_dump(mode="json") for person in team.clinicians],
    )
    moved = {t.client for found in rebalance(joint, spread=1, alternatives=9).sets for t in found.transfers}
    assert moved == {"K3"}


def test_two_people_confirm_and_the_ledger_takes_it() -> None:
    """A client would be given away by one person, or the record would not fit the chain."""
    week = crowded()
    (decided, *_) = rebalance(week, spread=1).sets
    lead, second = Signatory(role="service_lead", code="L1"), Signatory(role="supervisor", code="C2")
    at = datetime(2026, 10, 5, 9, tzinfo=UTC)
    (said,) = transfer_statements(week, decided, at, lead, second, "Over the cap")
    assert walk([chained(said, None)]).sound
    assert (said.content.kind, said.basis.problem_hash != "") == ("transferred", True)
    with pytest.raises(InputError, match="somebody else"):
        transfer_statements(week, decided, at, lead, lead, "Over the cap")


def test_a_set_of_another_problem_is_refused_with_every_fault() -> None:
    """The record would say that a client went from somebody who never had the client."""
    week = crowded()
    decided = rebalance(week, spread=1, alternatives=0).sets[0]
    lead, second = Signatory(role="lead", code="L1"), Signatory(role="supervisor", code="S1")
    at = datetime(2026, 10, 5, 9, tzinfo=UTC)
    gone = {each.client for each in decided.transfers}
    without = week.with_changes(clients=[c for c in week.clients if c.id not in gone], requests=())
    for other, codes in ((decided.problem, {"contradiction"}), (without, {"unknown_reference"})):
        with pytest.raises(InputError) as caught:
            transfer_statements(other, decided, at, lead, second, "Over the cap")
        assert {fault.code for fault in caught.value.faults} == codes
        assert len(caught.value.faults) == decided.moved
    twice = replace(decided, transfers=(*decided.transfers, *decided.transfers))
    with pytest.raises(InputError) as caught:
        transfer_statements(week, twice, at, lead, second, "Over the cap")
    assert {fault.code for fault in caught.value.faults} == {"duplicate"}


def test_every_fault_of_a_question_is_told_at_once() -> None:
    """A slip would be found one after the other, or move a client who should stay."""
    with pytest.raises(InputError) as caught:
        rebalance(crowded(), keep=["K9"], since={"K8": date(2026, 1, 1), "K1": "soon"})  # type: ignore[dict-item]
    assert [fault.place for fault in caught.value.faults] == ["keep", "since", "since K1"]
    with pytest.raises(InputError) as caught:
        rebalance(crowded(), spread=2, max_transfers=-1, alternatives=99)
    assert [fault.place for fault in caught.value.faults] == ["spread", "alternatives", "max_transfers"]


def test_the_bundled_team_is_brought_inside() -> None:
    """The page would show transfers that no longer are the answer."""
    answer = rebalance(sample(), alternatives=1)
    assert answer.disproportionate == ("C03", "C05", "C08")
    assert (answer.inside, answer.proven, [found.moved for found in answer.sets]) == (True, True, [8, 8])
    for found in answer.sets:
        assert not [row for row in panel_status(found.problem).clinicians if row.state is PanelState.OVER]


@pytest.mark.slow
def test_a_service_of_a_hundred_is_answered() -> None:
    """A large service would wait for an answer, or get one that is not proven."""
    answer = rebalance(generate(100, 1), alternatives=2)
    assert (answer.inside, answer.proven, len(answer.sets)) == (True, True, 3)
