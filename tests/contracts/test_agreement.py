"""Encoder and check of every rule say the same of any schedule, good or bad, in both directions."""

from __future__ import annotations

import pytest
from hypothesis import Phase, assume, given, seed, settings
from hypothesis import strategies as st

from safeschedule.catalogue import rules
from safeschedule.testing.agreement import Agreement
from safeschedule.testing.strategies import schedules, sound_problems
from tests.support.cases import all_cases

PARTS, EXAMPLES = 4, 60
"""Weeks are drawn in parts, side by side; drawing one costs more than asking every rule about it."""


@pytest.mark.parametrize("part", range(PARTS))
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
