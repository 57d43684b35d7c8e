"""Judging again what changed: exactly the difference of two whole verifications."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.problem import Problem, Rulebook
from safeschedule.schedule import Schedule
from safeschedule.testing.strategies.problems import problems
from safeschedule.testing.strategies.schedules import schedules
from safeschedule.verifier import Finding, examine
from safeschedule.verifier.again import Standing
from safeschedule.verifier.reach import THEN, WHOLE
from safeschedule.verifier.registry import reach_of
from tests.support.anything import weeks

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Problem, Schedule, Schedule]:
    """Draw a week and another schedule of it that shares some activities, broken or nearly good."""
    if draw(st.booleans()):
        problem, one = draw(weeks())
        other = draw(weeks())[1]
    else:
        problem = draw(problems())
        one, other = draw(schedules(problem)), draw(schedules(problem))
    keep = draw(st.randoms(use_true_random=False))
    mixed = {
        name: tuple(
            [x for x in getattr(one, name) if keep.random() < 0.8]
            + [x for x in getattr(other, name) if keep.random() < 0.3]
            + [x for x in getattr(one, name) if keep.random() < 0.1]
        )
        for name in ("appointments", "blocks")
    }
    frame = draw(st.sampled_from([one, one, other]))
    return problem, one, frame.model_copy(update=mixed)


@st.composite
def small_changes(draw: st.DrawFn) -> tuple[Problem, Schedule, Schedule]:
    """Draw a week of several people, and the same one with a single activity otherwise."""
    if draw(st.booleans()):
        problem, one = draw(weeks())
    else:
        problem = draw(problems(max_clinicians=5, max_sessions=9))
        one = draw(schedules(problem, max_blocks=14))
    name = draw(st.sampled_from(["appointments", "blocks"]))
    there = list(getattr(one, name))
    if not there:
        return problem, one, one
    place = draw(st.integers(0, len(there) - 1))
    like = draw(st.sampled_from(there))
    fields = ["start", "clinicians", "minutes"]
    fields += ["room", "site", "clients", "mode"] if name == "appointments" else ["kind", "supervisor"]
    taken = draw(st.lists(st.sampled_from(fields), unique=True))
    changed = there[place].model_copy(update={field: getattr(like, field) for field in taken})
    there[place : place + 1] = draw(st.sampled_from([[changed], [changed], [], [there[place], changed]]))
    return problem, one, one.model_copy(update={name: tuple(there)})


@MANY
@given(small_changes())
def test_a_small_change_is_the_difference_too(week: tuple[Problem, Schedule, Schedule]) -> None:
    """What is far from a change and yet depends on it, such as a team's peak, would be missed."""
    _assert_exact(*week)


@MANY
@given(pairs())
def test_a_change_is_the_difference_of_two_verifications(week: tuple[Problem, Schedule, Schedule]) -> None:
    """A move would be said to break less, more or something else than it does."""
    _assert_exact(*week)


def _assert_exact(problem: Problem, one: Schedule, other: Schedule) -> None:
    was, now = examine(problem, one), examine(problem, other)
    change = Standing(problem, one).change(other)
    assert Counter(change.new) == Counter(now.findings) - Counter(was.findings)
    assert Counter(change.gone) == Counter(was.findings) - Counter(now.findings)
    assert (change.before, change.after) == (was.penalties, now.penalties)


def test_few_rules_are_judged_on_the_whole_week() -> None:
    """A rule's reach would have been lost, and questions become slow without anybody noticing."""
    enabled = Rulebook().settings()
    assert not {name for name, s in enabled.items() if reach_of(s) is WHOLE}
    assert {name for name, s in enabled.items() if reach_of(s) is THEN} == {"room_capacity", "urgent_rooms"}


def test_findings_can_be_counted() -> None:
    """Two equal findings would count as one."""
    finding = Finding("leave", ("A",), None, "x", "y", "z")
    assert Counter([finding, finding])[finding] == 2
