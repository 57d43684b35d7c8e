"""What a study answers: paired differences, what bounds prove, prices, the front, curves."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule import ArgumentError, LeastStaff, StudyResults, least_staff
from safeschedule.scenarios import Scenario
from safeschedule.study import RunStatus, StudyRun
from safeschedule.study.intervals import interval, t_quantile
from safeschedule.study.prices import EVERY_RULE, SUM, price_scenarios, priced_rules
from safeschedule.study.proving import ProvenReach, difference, told
from tests.stressing.weeks import team
from tests.study.weeks import LIMIT, Inline, week


def a_run(scenario: str, seed: int = 0, problem: str = "P", code: str = "", **figures: Any) -> StudyRun:
    """Return a run with some figures, as if it had been solved."""
    more = {name: figures.pop(name) for name in ("relaxes", "ended", "skills") if name in figures}
    return StudyRun(
        problem,
        scenario,
        seed,
        RunStatus.FEASIBLE,
        key=f"{problem} {scenario} {seed}",
        problem_hash=code or f"{problem} {scenario}",
        figures=figures,
        **more,
    )


def results(*runs: StudyRun, scenarios: tuple[Scenario, ...] = ()) -> StudyResults:
    return StudyResults("made up", "base", runs, tuple(s.to_dict() for s in scenarios), len(runs))


# The quantiles of two-sided 95 and 99 % as every table has them.
@pytest.mark.parametrize(
    ("freedom", "level", "quantile"),
    [
        (1, 0.95, 12.7062),
        (2, 0.95, 4.3027),
        (3, 0.95, 3.1824),
        (4, 0.95, 2.7764),
        (9, 0.95, 2.2622),
        (19, 0.95, 2.0930),
        (120, 0.95, 1.9799),
        (3, 0.99, 5.8409),
        (30, 0.99, 2.7500),
    ],
)
def test_quantiles_are_those_of_the_tables(freedom: int, level: float, quantile: float) -> None:
    """Every interval would be too narrow or too wide."""
    assert t_quantile(freedom, level) == pytest.approx(quantile, abs=6e-5)


def test_an_interval_is_that_of_the_textbook() -> None:
    """One value would have an interval, or several none."""
    assert interval([3.0]) is None
    low, high = interval([1, 2, 3, 4, 5]) or (0, 0)
    assert (low, high) == pytest.approx((1.0368, 4.9632), abs=1e-3)


def test_pairs_are_those_of_one_problem_and_seed() -> None:
    """A difference would be that of two teams, or of two draws."""
    found = results(
        *(a_run("base", seed, sessions=10 * seed, sessions_most=100) for seed in (1, 2, 3)),
        *(a_run("more", seed, sessions=10 * seed + seed, sessions_most=100) for seed in (1, 2)),
        a_run("more", 9, sessions=500, sessions_most=600),
    ).compare("sessions")
    (row,) = found.rows
    assert (row.pairs, row.base_mean, row.mean, row.difference) == (2, 15, 16.5, 1.5)
    assert (row.low, row.high) == pytest.approx((1.5 - 6.3531, 1.5 + 6.3531), abs=1e-3)


def test_bounds_prove_what_opposite_ends_leave() -> None:
    """A difference would be called proven that a better search turns round."""
    base = [
        a_run("base", 1, sessions=100, sessions_most=103),
        a_run("base", 2, sessions=101, sessions_most=104),
    ]
    other = [a_run("less", 1, sessions=96, sessions_most=99), a_run("less", 2, sessions=98, sessions_most=99)]
    # 101 to 103 without the change, 98 or 99 with it.
    assert difference(other, base, "sessions") == ProvenReach(-5, -2)
    (row,) = results(*base, *other).compare().rows
    assert row.proven == "at least 2, at most 5 sessions fewer"


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (-5, -2, "at least 2, at most 5 sessions fewer"),
        (2, 5, "at least 2, at most 5 sessions more"),
        (-1, 3, "not decided: from 1 sessions fewer to 3 more"),
        (0, 0, "no difference"),
        (-3, -3, "exactly 3 sessions fewer"),
        (0, 4, "not fewer, at most 4 sessions more"),
        (-4, 0, "not more, at most 4 sessions fewer"),
        (None, -2, "at least 2 sessions fewer"),
        (1, None, "at least 1 sessions more"),
        (None, None, "not decided"),
        (-2.5, -0.5, "at least 0.5, at most 2.5 sessions fewer"),
    ],
)
def test_what_is_proven_is_said_in_words(least: float | None, most: float | None, words: str) -> None:
    """A reader would take for proven what is not."""
    assert told(ProvenReach(least, most), "sessions") == words


def test_a_rule_that_is_gone_forbids_nothing() -> None:
    """A short search without a rule would make the rule seem to bring sessions."""
    base = a_run("base", sessions=10, sessions_most=12)
    without = a_run("without breaks", sessions=9, sessions_most=14, relaxes=True)
    assert difference([without], [base], "sessions") == ProvenReach(0, 4)
    without = a_run("without breaks", sessions=9, sessions_most=14)
    assert difference([without], [base], "sessions") == ProvenReach(-3, 4)


def test_where_a_stronger_tier_is_not_at_its_best_nothing_is_proven_below() -> None:
    """Access that was bought with urgent work would count as a gain."""
    base = a_run("base", access_value=100, access_least=100, access_most=110)
    other = a_run("other", access_value=130, access_least=None, access_most=140)
    assert difference([other], [base], "access_value") == ProvenReach(None, 40)


def test_several_problems_are_averaged_with_what_is_proven_of_each() -> None:
    """The mean of a study would be of no use, or proven more than its parts."""
    found = results(
        a_run("base", problem="A", sessions=10, sessions_most=10),
        a_run("less", problem="A", sessions=8, sessions_most=8),
        a_run("base", problem="B", sessions=20, sessions_most=22),
        a_run("less", problem="B", sessions=16, sessions_most=19, ended="ceiling"),
    ).compare()
    first, second, mean = found.rows
    assert [row.problem for row in found.rows] == ["A", "B", "all"]
    assert (first.least, first.most, second.least, second.most) == (-2, -2, -6, -1)
    assert (mean.pairs, mean.difference, mean.least, mean.most) == (2, -3, -4, -1.5)
    assert (first.unfair, second.unfair, mean.unfair) == (0, 1, 1)
    assert "cut short by the wall clock" in str(found)
    frame = found.frame()
    assert frame.proven.iloc[0] == "exactly 2 sessions fewer"


def test_two_scenarios_that_make_the_same_problem_do_not_differ() -> None:
    """Bounds would leave undecided what is one and the same week."""
    found = results(
        a_run("base", code="same", sessions=5, sessions_most=9),
        a_run("alike", code="same", sessions=5, sessions_most=9),
    ).compare()
    assert found.rows[0].proven == "no difference"


def test_prices_are_what_is_gained_without_a_rule_and_their_sum_stands_beside_the_price_of_all() -> None:
    """A reader would add single prices up, and never see that together they are another sum."""
    scenarios = (Scenario("base"), *price_scenarios(["breaks", "documentation"]))
    found = results(
        a_run(
            "base", sessions=10, sessions_most=10, peak_minutes=300, broken=0, minutes=600, minutes_most=600
        ),
        a_run("without breaks", sessions=11, sessions_most=12, relaxes=True, peak_minutes=300, broken=4),
        a_run(
            "without documentation", sessions=13, sessions_most=13, relaxes=True, peak_minutes=360, broken=9
        ),
        a_run(
            f"without {EVERY_RULE}", sessions=20, sessions_most=21, relaxes=True, peak_minutes=400, broken=20
        ),
        scenarios=scenarios,
    ).prices()
    rows = {row.rule: row for row in found.of("sessions")}
    assert list(rows) == ["breaks", "documentation", SUM, EVERY_RULE]
    assert [row.price for row in rows.values()] == [1, 3, 4, 10]
    assert [(row.least, row.most) for row in rows.values()] == [(1, 2), (3, 3), (4, 5), (10, 11)]
    assert [row.price for row in found.of("peak_minutes")] == [0, 60, 60, 100]
    table = found.markdown()
    assert "| `documentation` | 13 (at most 13) | exactly 3 sessions more |" in table
    assert "| **sum of single prices** | 14 | at least 4, at most 5 sessions more |" in table
    assert len(found.frame()) == len(found.rows)


def test_rules_that_are_priced_protect_somebody() -> None:
    """Physics would be priced, or a preference that forbids nothing."""
    named = priced_rules([week()])
    assert {"breaks", "documentation", "recovery_buffer", "session_limits"} <= set(named)
    assert not {"no_overlap", "access", "late_intensity", "leave", "consultation"} & set(named)


def test_the_front_is_what_nothing_beats_in_both() -> None:
    """Somebody would choose a policy beside which another is better in every way."""
    found = results(
        a_run("base", access_value=100, peak_minutes=300),
        a_run("safer", access_value=95, peak_minutes=200),
        a_run("worse", access_value=94, peak_minutes=250),
        a_run("alike", access_value=95, peak_minutes=200),
    ).front()
    assert [(point.scenario, point.beaten_by) for point in found] == [
        ("safer", ""),
        ("alike", ""),
        ("worse", "safer"),
        ("base", ""),
    ]
    with pytest.raises(ArgumentError):
        results(a_run("base")).front("acess_value")


def test_a_staffing_curve_goes_by_full_time_equivalents_and_by_skill() -> None:
    """A planner would not see where another colleague stops to help."""
    three = {"fte": 3.0, "clinicians": 3, "asked": 30, "sessions": 20, "sessions_most": 21, "wait_weeks": 2.0}
    two = {"fte": 2.0, "clinicians": 2, "asked": 30, "sessions": 14, "sessions_most": 14}
    found = results(
        a_run("base", **three, skills={"emdr": (5, 2, 3, 1), "": (25, 18, 0, 0)}),
        a_run("fewer", **two, skills={"emdr": (5, 0, 4, 0), "": (25, 14, 0, 0)}),
    )
    assert [(p.scenario, p.fte, p.sessions, p.most, p.wait_weeks) for p in found.curve()] == [
        ("fewer", 2, 14, 14, None),
        ("base", 3, 20, 21, 2.0),
    ]
    assert [(p.scenario, p.asked, p.sessions, p.wait_weeks) for p in found.curve("emdr")] == [
        ("fewer", 5, 0, None),
        ("base", 5, 2, 4.0),
    ]
    assert found.skills == ("", "emdr")


def test_the_least_staff_is_found_by_halves_and_proven_from_below() -> None:
    """A planner would ask for a colleague too many, or believe that one fewer had been ruled out."""
    steps: list[Any] = []
    roomy = team(3, 5, rooms=9)
    found = least_staff(
        roomy, "C1", 1.0, most=1, leaving=["C2"], limit=LIMIT, executor=Inline(), on_step=steps.append
    )
    assert isinstance(found, LeastStaff)
    assert found.target == found.asked == 15
    assert found.least is not None
    by_change = {step.change: step for step in found.steps}
    assert by_change[found.least].reached
    assert not by_change[found.least - 1].reached
    assert found.proven == by_change[found.least - 1].impossible
    assert len(steps) == len(found.steps) <= 3
    assert "15 of 15 sessions are reached with" in found.answer


def test_a_target_that_nothing_reaches_is_said_so() -> None:
    """A search that failed would be an answer of nought."""
    found = least_staff(week(6), "C1", 1.0, most=0, limit=LIMIT, executor=Inline())
    assert found.least is None
    assert found.answer.startswith("18 of 18 sessions are not reached")
