"""Generated weeks: sound, repeatable, and near the figures they claim."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.problem import Problem, Rulebook, faults
from safeschedule.samples import PROFILES, generate


@settings(max_examples=40)
@given(st.integers(1, 40), st.integers(0, 2**32), st.sampled_from(sorted(PROFILES)))
def test_generated_weeks_have_no_faults(clinicians: int, seed: int, profile: str) -> None:
    """A benchmark would fail on its own input."""
    problem = generate(clinicians, seed, profile=profile)
    assert faults.find(problem) == ()
    assert len(problem.clinicians) == clinicians


@given(st.integers(4, 12), st.integers(0, 2**32))
@settings(max_examples=10)
def test_the_same_seed_gives_the_same_week(clinicians: int, seed: int) -> None:
    """Results could not be repeated."""
    first, second = generate(clinicians, seed), generate(clinicians, seed)
    assert first.model_dump_json() == second.model_dump_json()
    assert first != generate(clinicians, seed + 1)


def test_a_large_team_is_made_and_sound() -> None:
    """Benchmarks of large services could not be made."""
    problem = generate(500, 7)
    assert faults.find(problem) == ()
    assert len({request.id for request in problem.requests}) == len(problem.requests)


def sessions(problem: Problem) -> int:
    return sum(request.count for request in problem.requests)


@pytest.fixture(scope="module")
def hundred() -> Problem:
    return generate(100, 11)


def test_shares_follow_the_stated_figures(hundred: Problem) -> None:
    """The generator would no longer make the week that its table of assumptions describes."""
    fte = Counter(float(person.fte) for person in hundred.clinicians)
    assert fte[1.0] > fte[0.8] > 0
    assert 18 < sessions(hundred) / sum(share * count for share, count in fte.items()) < 27
    modes = Counter(str(request.mode) for request in hundred.requests)
    in_person = (modes["in_person"] + modes["either"] / 2) / modes.total()
    assert 0.55 < in_person < 0.65
    free = sum(not client.windows for client in hundred.clients) / len(hundred.clients)
    assert 0.45 < free < 0.55
    kinds = {entry.id: entry for entry in hundred.session_types}
    crisis = sum(kinds[request.session_type].kind == "crisis" for request in hundred.requests)
    assert 0.02 < crisis / len(hundred.requests) < 0.08
    own = [client for client in hundred.clients if client.clinician is not None]
    assert 22 < len(own) / sum(fte[share] * share for share in fte) < 32


def test_what_weeks_in_a_row_need_is_there(hundred: Problem) -> None:
    """A roll of a made-up team would have no reviews, no contacts, and nothing to do after a week."""
    own = [client for client in hundred.clients if client.clinician is not None]
    assert all(client.last_contact is not None and client.next_review is not None for client in own)
    overdue = sum(client.next_review < hundred.week_start for client in own if client.next_review)
    assert 0.05 < overdue / len(own) < 0.11
    assert all(client.next_review is None for client in hundred.clients if client.clinician is None)
    assert all((request.every == 1) == (request.standing is not None) for request in hundred.requests)
    assert all(meeting.weekly for meeting in hundred.meetings)
    kinds = {entry.id: entry.kind for entry in hundred.session_types}
    assert all(band.contact_type in kinds for band in hundred.bands)
    assert {kinds[band.review_type] for band in hundred.bands if band.review_type} == {"review"}
    assert any(flag in band.escalation for band in hundred.bands for flag in ("volatile", "crisis_risk"))


def test_every_clinician_can_meet_a_supervisor(hundred: Problem) -> None:
    """No schedule could keep consultation and supervision, whatever is left out."""
    leads = [person for person in hundred.clinicians if person.is_supervisor]
    assert 12 <= len(leads) <= 17
    named = {person.supervisor for person in hundred.clinicians}
    assert None not in named
    assert named <= {person.id for person in leads}


def test_standing_times_of_one_clinician_do_not_collide(hundred: Problem) -> None:
    """Last week would have had two clients in one hour."""
    own = {client.id: client.clinician for client in hundred.clients}
    length = {entry.id: entry.minutes for entry in hundred.session_types}
    taken = defaultdict(list)
    for request in hundred.requests:
        if request.standing is not None:
            start = request.standing.start
            span = (start, start + length[request.session_type])
            taken[own[request.client], request.standing.day].append(span)
    for spans in taken.values():
        spans.sort()
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_profiles_differ_as_they_say() -> None:
    """A difficulty would be the default under another name."""
    plain = generate(20, 3)
    assert sessions(generate(20, 3, profile="over_demand")) > sessions(plain)
    assert sessions(generate(20, 3, profile="under_demand")) < sessions(plain)
    assert len(generate(20, 3, profile="few_rooms").rooms) < len(plain.rooms)
    restricted = generate(20, 3, profile="restricted_clients")
    assert sum(not client.windows for client in restricted.clients) < len(restricted.clients) / 5
    assert generate(20, 3, profile="trauma").rulebook.name == "trauma"
    assert sum(c.fte for c in generate(20, 3, profile="part_time").clinicians) < sum(
        c.fte for c in plain.clinicians
    )


def test_arguments_replace_the_profile() -> None:
    """An experiment would vary nothing."""
    later = generate(
        8, 1, week_start=date(2026, 11, 2), rulebook=Rulebook(name="own"), part_time=1.0, rooms=0.5
    )
    assert later.week_start == date(2026, 11, 2)
    assert later.rulebook.name == "own"
    assert sum(room.kind == "consulting" for room in later.rooms) == 4
    assert all(person.fte < 1 for person in later.clinicians if not person.is_supervisor)
    assert sessions(generate(8, 1, demand=1.5)) > sessions(generate(8, 1, demand=0.5))


@pytest.mark.parametrize(
    ("clinicians", "change"),
    [
        (0, {}),
        (501, {}),
        (8, {"profile": "busy"}),
        (8, {"demand": 0.0}),
        (8, {"part_time": 1.5}),
        (8, {"rooms": -1.0}),
        (8, {"week_start": date(2026, 10, 6)}),
    ],
)
def test_arguments_out_of_range_are_refused(clinicians: int, change: dict[str, object]) -> None:
    """A typo would give a week that nobody asked for."""
    with pytest.raises(ValueError, match="must be"):
        generate(clinicians, 1, **change)  # type: ignore[arg-type]
