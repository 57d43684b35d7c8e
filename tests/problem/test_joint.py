"""Requests of several clients, or for several clinicians, become groups; what cannot be is told."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule import Problem, solve, verify
from safeschedule.errors import InputError
from safeschedule.exchange.csv_rota import rota_csv
from safeschedule.reports.html import rota_html
from tests.solving.weeks import BARE

WORK = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue")]
COUPLE = {"id": "R1", "client": "K1", "with_clients": ["K2"], "session_type": "couple"}
FAMILY = {"id": "R1", "client": "K1", "with_clients": ["K2", "K3"], "session_type": "family"}
BOTH = {"id": "R1", "client": "K3", "session_type": "both", "clinician": "C1", "with_clinicians": ["C2"]}


def team(*requests: dict[str, Any], **more: Any) -> Problem:
    """Give a team of two, clients of one of them and a new one, and types for couples, families and pairs."""
    return Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "clinicians": [
                {"id": code, "working": WORK, "is_supervisor": True, "skills": skills}
                for code, skills in (("C1", []), ("C2", ["systemic"]))
            ],
            "clients": [
                {"id": "K1", "clinician": "C2"},
                {
                    "id": "K2",
                    "clinician": "C2",
                    "windows": [{"day": "tue", "start": "09:00", "end": "12:00"}],
                },
                {"id": "K3"},
            ],
            "session_types": [
                {"id": "couple", "minutes": 60, "kind": "family", "smallest": 2, "largest": 2},
                {"id": "family", "minutes": 60, "kind": "family", "smallest": 2, "largest": 6},
                {"id": "both", "minutes": 60, "facilitators": 2},
            ],
            "requests": requests,
            **more,
        }
    )


def planned(problem: Problem) -> list[tuple[Any, ...]]:
    """Give who is in each session of the solved week."""
    result = solve(problem, deterministic_limit=0.3, workers=1)
    assert result.verified
    assert result.schedule is not None
    return [(a.clients, a.clinicians, a.group) for a in result.schedule.appointments]


def test_a_couple_is_one_request() -> None:
    """If it fails, a couple cannot be seen without a group, or one of them comes alone."""
    problem = team(COUPLE)
    assert planned(problem) == [(("K1", "K2"), ("C2",), "R1")]
    assert Problem.from_dict(problem.to_dict()) == problem
    assert [request.id for request in problem.requests] == ["R1", "R1/K2"]
    never = [{"day": "mon", "start": "09:00", "end": "12:00"}]
    clients = [
        c.model_dump(mode="json") | ({"windows": never} if c.id == "K1" else {}) for c in problem.clients
    ]
    assert planned(team(COUPLE, clients=clients)) == []


def test_a_family_comes_whole() -> None:
    """If it fails, a type for two to six lets one of a family of three stay at home."""
    problem = team(FAMILY)
    assert planned(problem) == [(("K1", "K2", "K3"), ("C2",), "R1")]
    assert [kind.id for kind in problem.session_types] == ["couple", "family", "both", "family of 3"]
    result = solve(problem, deterministic_limit=0.3, workers=1)
    assert result.schedule is not None
    (session,) = result.schedule.appointments
    alone = session.model_copy(update={"clients": ("K1", "K2")})
    less = result.schedule.model_copy(update={"appointments": (alone,)})
    assert "group_size" in {finding.rule for finding in verify(problem, less).findings if finding.hard}


def test_two_clinicians_see_one_client() -> None:
    """If it fails, co-therapy needs a group of one, or one of the two is not there."""
    assert planned(team(BOTH)) == [(("K3",), ("C1", "C2"), "R1")]
    # Nobody is named, and the client is nobody's own: the team has two.
    anyone = {key: value for key, value in BOTH.items() if not key.startswith(("clinician", "with"))}
    assert planned(team(anyone)) == [(("K3",), ("C1", "C2"), "R1")]


def test_it_is_shown() -> None:
    """If it fails, a joint session is lost between the plan and the people."""
    problem = team(COUPLE, rulebook={"rules": BARE})
    schedule = solve(problem, deterministic_limit=0.3, workers=1).schedule
    assert schedule is not None
    page = rota_html(problem, schedule, verify(problem, schedule))
    assert "K1" in page
    assert "K2" in page
    assert b"K1" in rota_csv(problem, schedule)


@pytest.mark.parametrize(
    ("request_", "code", "place"),
    [
        (COUPLE | {"with_clients": ["K2", "K3"]}, "joint_size", "with_clients"),
        (FAMILY | {"with_clients": []} | {"with_clinicians": ["C1"]}, "joint_size", "with_clients"),
        (COUPLE | {"with_clients": ["K1"]}, "duplicate", "with_clients"),
        (COUPLE | {"with_clients": ["K9"]}, "unknown_reference", "with_clients[0]"),
        (COUPLE | {"with_clinicians": ["C9"]}, "unknown_reference", "with_clinicians[0]"),
        (COUPLE | {"mode": "either"}, "joint_mode", "mode"),
        (COUPLE | {"standing": {"day": "mon", "start": "09:00"}}, "joint_field", "standing"),
        (COUPLE | {"clinician": "C1", "skills": ["systemic"]}, "joint_clinicians", "skills"),
        (BOTH | {"with_clinicians": []}, "joint_clinicians", "with_clinicians"),
        (
            BOTH | {"client": "K1", "clinician": None, "with_clinicians": []},
            "joint_clinicians",
            "with_clinicians",
        ),
        ({"id": "R1", "client": "K1", "session_type": "couple"}, "needs_group", "session_type"),
    ],
)
def test_what_cannot_be_is_told_at_its_place(request_: dict[str, Any], code: str, place: str) -> None:
    """If it fails, a joint request is accepted that can never be placed, or nobody learns the way out."""
    with pytest.raises(InputError) as caught:
        team(request_)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [(code, f"requests[0].{place}")]
    assert caught.value.faults[0].expected
