"""The status of panels, by cases worked out by hand and by what the verifier says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.caseload.panels import PanelRow, PanelState, panel_status
from safeschedule.caseload.panels.concentration import concentration, gini
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify
from tests.caseload.team import HOURS, client, problem, request

BANDS = ("low", "moderate", "high", "very_high")


def first(*clients: dict[str, Any], **own: Any) -> PanelRow:
    """Give the panel of C1, of whom something else may be said."""
    return panel_status(team(*clients, **own)).clinicians[0]


def team(*clients: dict[str, Any], requests: Any = (), **own: Any) -> Problem:
    person = {"id": "C1", "working": HOURS, "is_supervisor": True, "supervisor": "C2"}
    other = {"id": "C2", "working": HOURS, "is_supervisor": True, "supervisor": "C1"}
    return problem(*clients, clinicians=[person | own, other], requests=list(requests))


def test_points_and_headroom_are_those_of_bands_and_flags() -> None:
    """A panel would be judged by headcount: 3 + 2 + (1 + 1 + 1) points are 8, of 60 at full time."""
    flags = ["coordination", "safety_planning"]
    row = first(client("K1", band="high"), client("K2"), client("K3", band="low", flags=flags))
    assert (row.points, row.cap, row.headroom, row.clients) == (8, 60, 52, 3)
    assert (row.high_acuity, row.high_acuity_cap, row.state) == (1, 12, PanelState.ACCEPTING)
    assert row.because[0].sentence == "8 points of 60: 52 left, enough for any band."


@pytest.mark.parametrize(
    ("own", "state", "bands", "rules"),
    [
        ({"caseload_cap": 9}, "accepting", BANDS, {"caseload_cap"}),
        ({"caseload_cap": 7}, "limited", ("low", "moderate"), {"caseload_cap"}),
        ({"caseload_cap": 5.5}, "full", (), {"caseload_cap"}),
        ({"caseload_cap": 5}, "full", (), {"caseload_cap"}),
        ({"caseload_cap": 4}, "over", (), {"caseload_cap"}),
        ({"high_acuity_cap": 1}, "limited", ("low", "moderate"), {"high_acuity_cap"}),
        ({"high_acuity_cap": 0}, "over", (), {"high_acuity_cap"}),
        (
            {"caseload_cap": 7, "high_acuity_cap": 1},
            "limited",
            BANDS[:2],
            {"caseload_cap", "high_acuity_cap"},
        ),
        ({"weekly_sessions": 2}, "full", (), {"session_limits"}),
        ({"weekly_sessions": 3}, "accepting", BANDS, {"caseload_cap"}),
        (
            {"leave": [{"start": "2026-10-05T00:00", "end": "2026-10-12T00:00"}]},
            "full",
            (),
            {"leave"},
        ),
    ],
)
def test_the_state_follows_from_the_figure_that_decides(
    own: dict[str, Any], state: str, bands: tuple[str, ...], rules: set[str]
) -> None:
    """Somebody full would be given a client, or somebody with room none; the caseload is 3 + 2 points."""
    asked = [request("R1", count=2)]
    row = first(client("K1", band="high"), client("K2"), requests=asked, **own)
    assert (row.state, row.bands, {reason.rule for reason in row.because}) == (state, bands, rules)


def test_without_the_rule_there_is_no_cap() -> None:
    """A cap that the service has switched off would close panels."""
    off = {"rules": {name: {"enabled": False} for name in ("caseload_cap", "high_acuity_cap")}}
    row = panel_status(problem(client(points=500), rulebook=off)).clinicians[0]
    assert (row.cap, row.headroom, row.high_acuity_cap, row.state) == (None, None, None, PanelState.ACCEPTING)


def week(**lists: Any) -> Schedule:
    return Schedule.model_validate({"week_start": "2026-10-05"} | lists)


def test_a_schedule_tells_open_minutes_and_brings_its_new_clients() -> None:
    """A new client of the week would still wait, or booked time would look open."""
    session = {"session_type": "talk", "clinicians": ["C1"], "minutes": 60}
    given_week = week(
        appointments=[session | {"clients": ["NEW"], "start": "2026-10-05T09:00", "request": "R1"}],
        # The second half of the break is in the session's time, and counts once.
        blocks=[{"kind": "break", "clinicians": ["C1"], "start": "2026-10-05T09:30", "minutes": 60}],
    )
    asked = team(client("NEW", clinician=None, band="high"), requests=[request("R1", "NEW")])
    found = panel_status(asked, given_week)
    assert [row.open_minutes for row in found.clinicians] == [5 * 480 - 90, 5 * 480]
    assert [row.points for row in found.clinicians] == [3, 0]
    assert (found.waiting, panel_status(asked).waiting) == ((), ("NEW",))
    assert panel_status(asked).clinicians[0].open_minutes is None


def test_overdue_contacts_and_reviews_count_for_their_clinician() -> None:
    """A panel with overdue clients would look in order."""
    late = client("K1", last_contact="2026-09-01", next_review="2026-10-01")
    due = client("K2", last_contact="2026-09-24", next_review="2026-10-06")
    row = first(late, due)
    assert (row.contacts_overdue, row.reviews_overdue) == (1, 1)


def test_a_team_has_the_room_of_its_members_and_no_more() -> None:
    """What one is over would be taken from what another has left."""
    given_team = team(
        client("K1", points=70), client("K2", points=58, clinician="C2"), client("W", clinician=None)
    )
    (whole,) = panel_status(given_team).teams
    assert (whole.row.points, whole.row.cap, whole.row.headroom) == (128, 120, 2)
    assert (whole.row.state, whole.row.bands) == (PanelState.OVER, ("low", "moderate"))
    assert (whole.states[PanelState.OVER], whole.states[PanelState.LIMITED]) == (1, 1)
    assert panel_status(given_team).waiting == ("W",)


def test_each_team_of_several_has_its_own_row() -> None:
    """A team that is full would hide behind one that is not."""
    people = [{"id": f"C{n}", "working": HOURS, "teams": [f"T{n}"]} for n in (1, 2)]
    found = panel_status(problem(client(), clinicians=people))
    assert [(team.row.who, team.row.clients) for team in found.teams] == [("team", 1), ("T1", 1), ("T2", 0)]


def test_concentration_by_hand() -> None:
    """Risk on one person would look well spread: 4, 1, 0, 0, 0 are 80 % on one in five, with Gini 0.72."""
    counts = [("C1", 0), ("C2", 4), ("C3", 0), ("C4", 1), ("C5", 0)]
    found = concentration(counts)
    assert (found.on_most_loaded, found.most_loaded) == (Decimal("0.8"), ("C2",))
    assert found.gini == Decimal("0.72")
    assert concentration([("C1", 0), ("C2", 0)]).gini is None
    assert concentration([("C1", 3), ("C2", 3)]).gini == 0


@given(st.lists(st.integers(0, 20), min_size=1, max_size=9).filter(any))
def test_the_gini_coefficient_is_half_the_relative_mean_difference(values: list[int]) -> None:
    """The formula for sorted values would not be that of the definition."""
    differences = sum(abs(a - b) for a in values for b in values)
    assert gini(values) == Fraction(differences, 2 * len(values) * sum(values))
    assert 0 <= gini(values) < 1


CASELOADS = st.lists(st.sampled_from(BANDS), max_size=6)


@given(CASELOADS, st.integers(0, 2_000), st.integers(0, 4), st.sampled_from(BANDS))
def test_a_band_is_open_exactly_when_the_verifier_accepts_one_more(
    bands: list[str], cap: int, high_cap: int, band: str
) -> None:
    """The panel would promise what the verifier refuses, or refuse what it accepts."""
    caps = {"caseload_cap": cap / 100, "high_acuity_cap": high_cap}
    clients = [client(f"K{n}", band=own) for n, own in enumerate(bands)]
    asked = team(*clients, client("NEW", band=band, clinician=None), requests=[request("R1", "NEW")], **caps)
    row = panel_status(asked).clinicians[0]
    session = {"request": "R1", "session_type": "talk", "clients": ["NEW"], "clinicians": ["C1"]}
    verdict = verify(asked, week(appointments=[session | {"start": "2026-10-05T09:00", "minutes": 60}]))
    broken = {finding.rule for finding in verdict.findings} & {"caseload_cap", "high_acuity_cap"}
    shut = {reason.rule for reason in row.because if band in reason.bands}
    assert shut == broken
