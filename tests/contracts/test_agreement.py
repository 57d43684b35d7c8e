"""Encoder and check of every rule say the same of any schedule, good or bad, in both directions."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import Phase, assume, given, seed, settings
from hypothesis import strategies as st

from safeschedule.catalogue import rules
from safeschedule.testing.agreement import Agreement
from safeschedule.testing.strategies import schedules, sound_problems
from safeschedule.verifier import verify
from tests.support.cases import all_cases

PARTS, EXAMPLES = 4, 60
"""Weeks are drawn in parts, side by side; drawing one costs more than asking every rule about it."""


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, PARTS))])
def test_encoder_and_check_agree(part: int) -> None:
    """If it fails, the optimiser and the verifier hold different things to be the same rule."""

    # Shrinking redraws whole weeks and takes minutes; a failing week is small enough to be read as it is.
    @settings(max_examples=EXAMPLES, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        problem = data.draw(sound_problems(), label="problem")
        schedule = data.draw(schedules(problem), label="schedule")
        try:
            agreement = Agreement(problem, schedule)
        except ValueError:
            assume(False)
        for rule in sorted(rules()):
            found = agreement.of(rule)
            assert found.agree, (rule, found)

    # Repeatable runs would draw the same weeks in each part.
    (seed(part)(agree) if settings.default.derandomize else agree)()


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_encoder_agrees_with_the_case_files(case) -> None:  # type: ignore[no-untyped-def]
    """If it fails, the encoder does not say of a week what the rule's source says of it."""
    try:
        agreement = Agreement(case.problem, case.schedule)
        found = agreement.of(case.rule)
    except (ValueError, KeyError) as fault:
        pytest.skip(f"this week cannot be said in rows: {fault}")
    if agreement.schedule != case.schedule:
        pytest.skip("no pin can say where its sessions are")
    assert found.agree, found
    assert found.check == case.amount


def test_each_rule_is_broken_and_kept_in_drawn_weeks() -> None:
    """If it fails, the agreement of a rule is never tried; give its parameters other tight values."""
    seen: Counter[tuple[str, bool]] = Counter()
    # Hypothesis draws some weeks like the one before, so that many short runs say more than a long one.
    for part in range(60):

        @settings(max_examples=8, phases=[Phase.generate], database=None)
        @seed(part)
        @given(st.data())
        def look(data: st.DataObject) -> None:
            problem = data.draw(sound_problems())
            found = verify(problem, data.draw(schedules(problem))).amounts
            for name, rule in rules().items():
                if not any(found[other] for other in rule.assumes):
                    seen[name, found[name] > 0] += 1

        look()
    never = {
        f"{name} is never {'broken' if broken else 'kept'}"
        for name in rules()
        for broken in (True, False)
        if not seen[name, broken]
    }
    assert not never


def test_every_parameter_has_tight_values() -> None:
    """If it fails, weeks are drawn with one value of a parameter alone."""
    assert not [(name, p.name) for name, rule in rules().items() for p in rule.parameters if not p.tight]
