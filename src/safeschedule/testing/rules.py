"""The contract of rules: check and encoder say the same, of weeks that break the rule and that keep it."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from safeschedule.catalogue import CustomRule, rules
from safeschedule.problem import Problem, RuleSetting
from safeschedule.testing.agreement import Agreement
from safeschedule.testing.strategies.problems import sound_problems
from safeschedule.testing.strategies.rulebooks import tight_parameters
from safeschedule.testing.strategies.schedules import schedules

_AT_ONCE = 10
"""Weeks that are drawn in a row: hypothesis draws some of them like the one before."""


class RuleError(AssertionError):
    """Check and encoder of a rule differ, or the drawn weeks say nothing of it."""


def check_rule(rule: str | CustomRule, *, weeks: int = 60, seed: int = 0) -> None:
    """Draw small weeks and schedules for them, and raise unless check and encoder of a rule say the same.

    For each schedule the check is asked, and the model with the rule hard and soft: it has to refuse the hard
    rule where the check finds something and nowhere else, and the soft one has to cost what the check counts.
    Weeks that break another rule, on which this one builds, are left aside.

    Parameters
    ----------
    rule
        The name of a rule of the package, or a rule of one's own.
    weeks
        How many are drawn.
    seed
        Of the drawing; the same one gives the same weeks.

    Raises
    ------
    RuleError
        The two differ; or no week breaks the rule, or none keeps it, so that nothing is known.

    Examples
    --------
    >>> from safeschedule.testing import check_rule
    >>> check_rule("late_intensity", weeks=20)
    """
    name = rule if isinstance(rule, str) else rule.name
    seen: Counter[bool] = Counter()
    for part in range(-(-weeks // _AT_ONCE)):
        _look(rule, name, seen, min(_AT_ONCE, weeks - part * _AT_ONCE), seed * 1_000_003 + part)
    for broken, said in ((True, "breaks"), (False, "keeps")):
        if not seen[broken]:
            raise RuleError(
                f"None of {weeks} weeks {said} the rule {name}. Draw more weeks, or give its parameters "
                "tight values, at which small weeks break it and keep it."
            )


def _look(rule: str | CustomRule, name: str, seen: Counter[bool], weeks: int, start: int) -> None:
    @settings(
        max_examples=weeks,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @seed(start)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        problem = _with(data, rule, data.draw(sound_problems()))
        schedule = data.draw(schedules(problem))
        try:
            found = Agreement(problem, schedule).of(name)
        except ValueError:
            assume(False)
        if not found.agree:
            week = f"{problem!r}\n{schedule!r}"
            raise RuleError(f"Check and encoder of the rule {name} differ: {found}\n{week}")
        if found.sound:
            seen[found.check > 0] += 1

    look()


def _with(data: st.DataObject, rule: str | CustomRule, problem: Problem) -> Problem:
    """Return the problem with the rule, and with tight values of its parameters most of the time."""
    given = problem if isinstance(rule, str) else problem.with_rules([rule])
    name = rule if isinstance(rule, str) else rule.name
    statement = rules()[name] if isinstance(rule, str) else rule.statement
    values = tight_parameters(data.draw, statement)
    if isinstance(rule, str) or not values:
        return given
    return given.with_settings({name: RuleSetting(parameters=values)})
