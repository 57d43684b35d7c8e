"""Early warnings come in time, and not by chance."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.actuals import Actuals
from safeschedule.caseload.measures.table import TABLE
from safeschedule.caseload.warnings import (
    INDICATORS,
    TriggerKind,
    WarningReport,
    WarningRules,
    early_warnings,
)
from safeschedule.caseload.warnings.limits import limits, rare_limit
from safeschedule.errors import ArgumentError
from safeschedule.problem import Rulebook, rulebook_hash
from safeschedule.problem.faults import find
from safeschedule.problem.watching import WATCHABLE
from safeschedule.samples import generate, generate_actuals, sample
from tests.caseload.happened import FIRST, series, week
from tests.caseload.team import problem

DOCUMENTATION = "documentation_outside"
EIGHT = [8, 12] * 4


def warned(values: list[float], **rules: object) -> list[tuple[str, int]]:
    """Give the triggers of documentation outside the hours: the kind, and the number of the week."""
    own_rules = WarningRules.model_validate({"thresholds": {DOCUMENTATION: {"most": 500}}} | rules)
    found = early_warnings(problem(), series(DOCUMENTATION, values), own_rules)
    own = [trigger for trigger in found.triggers if trigger.indicator == DOCUMENTATION]
    return [(trigger.kind.value, (trigger.week_start - FIRST).days // 7) for trigger in own]


def test_limits_by_hand() -> None:
    """A limit would not be that of an individuals chart: mean 10, mean moving range 4."""
    found = limits([8, 12, 8, 12], rising=True)
    assert (found.mean, found.worst) == (10, pytest.approx(10 + 2.66 * 4))
    assert limits([8, 12, 8, 12], rising=False).worst == pytest.approx(10 - 2.66 * 4)


@given(st.integers(0, 40), st.integers(10, 400), st.integers(5, 20))
def test_a_rare_limit_leaves_out_the_tail_that_it_says(events: int, exposure: int, coming: int) -> None:
    """The first near miss of a good year would be an alarm, or the tenth none."""
    most = round(rare_limit(events, exposure, coming) * coming)
    odds = exposure / (exposure + coming)

    def at_most(count: int) -> float:
        shape = events + 0.5
        terms = (
            math.lgamma(shape + k) - math.lgamma(shape) - math.lgamma(k + 1) + k * math.log(1 - odds)
            for k in range(count + 1)
        )
        return sum(math.exp(shape * math.log(odds) + term) for term in terms)

    assert at_most(most) >= 0.99865 - 1e-9
    assert most == 0 or at_most(most - 1) < 0.99865


@pytest.mark.parametrize(
    ("values", "triggers"),
    [
        ([*EIGHT, 19, 10, 19], []),  # below the limit of 10 + 2.66 * 4
        ([*EIGHT, 30], []),  # one week alone
        ([*EIGHT, 30, 10, 31], [("beyond_limit", 10)]),
        ([*EIGHT, 30, 31, 32, 33], [("beyond_limit", 9)]),
        ([*EIGHT[:6], 30, 31], []),  # too few weeks before
        ([10.0] * 8 + [11.0] * 9, [("beyond_limit", 9)]),  # no spread at all: any change is one
        ([8, 12] * 10 + [13] * 9, [("run", 27)]),
    ],
)
def test_triggers_by_hand(values: list[float], triggers: list[tuple[str, int]]) -> None:
    """A service would be warned by one bad week, or not by nine."""
    assert warned(values) == triggers


def test_a_threshold_of_the_service_counts_instead() -> None:
    """A service that has set its own limit would be held to ours."""
    own = {"thresholds": {DOCUMENTATION: {"most": 9, "weeks": 2}}}
    assert warned([8, 8, 12, 8, 8], **own) == [("threshold", 2)]
    assert warned([*EIGHT, 30, 31, 32, 33], off=[DOCUMENTATION]) == []


def test_what_gets_less_can_be_worse() -> None:
    """Supervision that is dropped would be taken for an improvement."""

    def held(missed: int, number: int) -> Actuals:
        people = [f"C{n}" for n in range(10)]
        meeting = {"kind": "supervision", "on": FIRST + timedelta(weeks=number)}
        return week(number, supervision=[meeting | {"attended": people[missed:], "missed": people[:missed]}])

    missed = [0, 1] * 5 + [7, 7]
    found = early_warnings(problem(), [held(count, number) for number, count in enumerate(missed)])
    kinds = {(trigger.indicator, trigger.kind) for trigger in found.triggers}
    assert ("supervision_attended", TriggerKind.BEYOND_LIMIT) in kinds


def test_a_trigger_opens_a_review_with_who_when_and_what() -> None:
    """A trigger would be read and forgotten."""
    threshold = {DOCUMENTATION: {"most": 500}}
    rules = WarningRules(review_days=3, reviewer="clinical lead", thresholds=threshold)
    found = early_warnings(problem(), series(DOCUMENTATION, [*EIGHT, 30, 31]), rules)
    (trigger,) = found.triggers
    assert (trigger.reviewer, trigger.review_by) == ("clinical lead", date(2026, 10, 14))
    assert trigger.questions == INDICATORS[DOCUMENTATION].questions
    assert "Review by the clinical lead until 2026-10-14." in trigger.sentence
    (own,) = [w for w in found.indicators if w.indicator == DOCUMENTATION]
    assert (own.known, own.now) == (10, (TriggerKind.BEYOND_LIMIT,))


def test_unknown_weeks_are_left_out_and_told() -> None:
    """A week without records would count as a good one."""
    report = early_warnings(problem(), [week(n) for n in range(20)])
    assert report.triggers == ()
    assert "Too few weeks for limits: " in str(report)
    weeks = [*series(DOCUMENTATION, [*EIGHT, 30]), week(9)]
    assert early_warnings(problem(), weeks).indicators[1].weeks[-1].value is None


def test_rules_that_name_no_indicator_are_refused_all_at_once() -> None:
    """A threshold would be set on nothing."""
    rules = WarningRules.model_validate(
        {"thresholds": {"missed_brakes": {"most": 1}, "no_show": {"least": 0.5}}, "off": ["sicknes"]}
    )
    with pytest.raises(ArgumentError) as caught:
        early_warnings(problem(), [week()], rules)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("unknown_name", "thresholds.missed_brakes"),
        ("unknown_name", "off.sicknes"),
        ("missing_field", "thresholds.no_show.most"),
    ]


def drifting(weeks: tuple[Actuals, ...], start: int) -> list[Actuals]:
    """Give weeks in which documentation moves after hours by five minutes a day more each week."""
    moved = []
    for number, one in enumerate(weeks):
        more = max(0, 5 * (number - start + 1))
        days = [
            d
            if d.documentation_outside is None or d.minutes_outside is None
            else d.model_copy(
                update={
                    "documentation_outside": d.documentation_outside + more,
                    "minutes_outside": d.minutes_outside + more,
                }
            )
            for d in one.days or ()
        ]
        moved.append(one.model_copy(update={"days": tuple(days)}))
    return moved


def in_time(report: WarningReport, start: date) -> bool:
    """Return whether documentation outside the hours is a trigger within four weeks."""
    weeks = [(t.week_start - start).days // 7 for t in report.triggers if t.indicator == DOCUMENTATION]
    return any(0 <= number < 4 for number in weeks)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_drift_is_found_within_four_weeks_and_a_year_of_noise_is_quiet(seed: int) -> None:
    """People would work after hours for months unseen, or reviews be called by chance."""
    team = sample() if seed % 2 else generate(4, seed)
    weeks = generate_actuals(team, seed, 60)
    quiet = Counter(trigger.indicator for trigger in early_warnings(team, weeks).triggers)
    assert all(count <= 1 for count in quiet.values()), quiet
    for start in (8, 20, 40):
        report = early_warnings(team, drifting(weeks[: start + 4], start))
        assert in_time(report, weeks[start].week_start)


def test_the_rulebook_says_what_is_watched_and_a_file_counts_instead() -> None:
    """A service that has agreed on its own limits would be held to ours."""
    watched = [{"indicator": DOCUMENTATION, "most": 9, "weeks": 2}, {"indicator": "sickness", "off": True}]
    book = {"watched": watched, "warning_review_days": 3, "warning_reviewer": "clinical lead"}
    weeks = series(DOCUMENTATION, [8, 8, 12, 8, 8])
    found = early_warnings(problem(rulebook=book), weeks)
    assert [(t.kind, t.limit, t.reviewer) for t in found.triggers] == [("threshold", 9, "clinical lead")]
    assert found.triggers[0].review_by == FIRST + timedelta(days=14 + 6 + 3)
    assert "sickness" not in {each.indicator for each in found.indicators}
    assert early_warnings(problem(rulebook=book), weeks, WarningRules()).triggers == ()
    window = problem(rulebook={"watched": [{"indicator": DOCUMENTATION, "weeks": 1}]})
    assert len(early_warnings(window, series(DOCUMENTATION, [21])).triggers) == 1  # the default of 20 stays


def test_a_rulebook_that_watches_nothing_known_is_refused_with_all_faults() -> None:
    """A threshold would be set on nothing, or where no figure can pass it."""
    watched = [
        {"indicator": "missed_brakes", "most": 1},
        {"indicator": "no_show", "least": 0.5},
        {"indicator": "no_show", "most": 2},
    ]
    found = [(fault.code, fault.place) for fault in find(problem(rulebook={"watched": watched}))]
    assert found == [
        ("unknown_name", "rulebook.watched[0].indicator"),
        ("bad_value", "rulebook.watched[1].least"),
        ("duplicate_id", "rulebook.watched[2].indicator"),
        ("out_of_range", "rulebook.watched[2].most"),
    ]


def test_what_can_be_watched_is_what_is_measured() -> None:
    """A rulebook could name what warnings do not know, or be judged on the wrong side."""
    assert {name: each.rising for name, each in WATCHABLE.items()} == {
        name: each.rising for name, each in INDICATORS.items()
    }
    assert {name for name, each in WATCHABLE.items() if each.share} == {
        name for name in INDICATORS if TABLE[name].unit == "share"
    }


def test_rulebooks_that_say_nothing_of_warnings_keep_their_hash() -> None:
    """Every ledger would name a rulebook that nobody has any more."""
    said = Rulebook.model_validate({"watched": [{"indicator": "no_show"}]})
    assert rulebook_hash(Rulebook()) == rulebook_hash(Rulebook.model_validate({"watched": []}))
    assert rulebook_hash(said) != rulebook_hash(Rulebook())


@given(st.lists(st.integers(0, 10), min_size=9, max_size=16))
def test_limits_of_shares_lie_between_0_and_1(missed: list[int]) -> None:
    """A chart would show a limit of 140 per cent."""
    people = [f"C{n}" for n in range(10)]
    weeks = []
    for number, count in enumerate(missed):
        meeting = {"kind": "supervision", "on": FIRST + timedelta(weeks=number)}
        weeks.append(
            week(number, supervision=[meeting | {"attended": people[count:], "missed": people[:count]}])
        )
    (own,) = [w for w in early_warnings(problem(), weeks).indicators if w.indicator == "supervision_attended"]
    assert all(each.limit is None or 0 <= each.limit <= 1 for each in own.weeks)
