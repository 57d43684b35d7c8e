"""What holds for every problem and every schedule, however broken."""

import json
from collections import Counter
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification, examine
from tests.support.anything import weeks

MANY = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
Week = tuple[Problem, Schedule]


def _amounts(verification: Verification) -> Counter[str]:
    found: Counter[str] = Counter()
    for finding in verification.findings:
        found[finding.rule] += finding.amount
    return found


@MANY
@given(weeks())
def test_never_raises(week: Week) -> None:
    """A schedule from elsewhere could stop the verifier instead of being judged."""
    verification = examine(*week)
    assert set(verification.amounts) == set(week[0].rulebook.settings())


@MANY
@given(weeks())
def test_amounts_are_the_sum_of_the_findings(week: Week) -> None:
    """The numbers that the optimiser is compared with would not be what the findings say."""
    verification = examine(*week)
    found = _amounts(verification)
    assert all(finding.amount > 0 for finding in verification.findings)
    assert all(amount == found[rule] for rule, amount in verification.amounts.items())


@MANY
@given(weeks())
def test_stamps_are_the_rulebook_s(week: Week) -> None:
    """A finding would stand in another tier, or be harder or softer, than the rulebook has it."""
    verification, rulebook = examine(*week), week[0].rulebook.settings()
    for finding in verification.findings:
        if finding.rule == "consistency":
            assert (finding.tier, finding.hard) == ("physical", True)
        else:
            setting = rulebook[finding.rule]
            assert (finding.tier, finding.hard) == (setting.tier.value, setting.hard)
    soft = {name: setting.weight for name, setting in rulebook.items() if not setting.hard}
    assert verification.penalties == {name: verification.amounts[name] * soft[name] for name in soft}
    hard = [finding.hard for finding in verification.findings]
    assert hard == sorted(hard, reverse=True)
    assert verification.compliant == (True not in hard)


@MANY
@given(weeks(), st.randoms())
def test_order_of_the_schedule_does_not_matter(week: Week, chance: Random) -> None:
    """The same week would be judged differently when another system lists it in another order."""
    problem, schedule = week
    appointments, blocks = list(schedule.appointments), list(schedule.blocks)
    chance.shuffle(appointments)
    chance.shuffle(blocks)
    shuffled = schedule.model_copy(update={"appointments": tuple(appointments), "blocks": tuple(blocks)})
    assert examine(problem, shuffled) == examine(problem, schedule)


@MANY
@given(weeks(), st.data())
def test_taking_away_never_adds_overlaps(week: Week, data: st.DataObject) -> None:
    """Removing an activity could make a schedule look more crowded."""
    problem, schedule = week
    before = examine(problem, schedule)
    for name in ("appointments", "blocks"):
        listed = getattr(schedule, name)
        if listed:
            left = list(listed)
            left.pop(data.draw(st.integers(0, len(left) - 1)))
            after = examine(problem, schedule.model_copy(update={name: tuple(left)}))
            for rule in ("no_overlap", "leave", "daily_intensity", "session_limits", "room_capacity"):
                assert after.amounts.get(rule, 0) <= before.amounts.get(rule, 0)
            assert len(after.by_rule().get("no_overlap", ())) <= len(before.by_rule().get("no_overlap", ()))


@MANY
@given(weeks())
def test_judging_twice_gives_the_same(week: Week) -> None:
    """The verifier would keep something from one schedule to the next."""
    assert examine(*week) == examine(*week)


@MANY
@given(weeks())
def test_sentences_are_plain(week: Week) -> None:
    """A scheduling team would read program words instead of sentences."""
    for finding in examine(*week).findings:
        text = finding.sentence
        assert text.endswith(".")
        assert text[0].isupper() or text.startswith("ghost")
        assert "  " not in text
        assert "None" not in text
        # Words with underscores are the format's; only the names of parameters are the user's own.
        assert "_" not in text.replace("unheard_of", "") or text.startswith("The rulebook's value")
        assert len(text) < 400


@MANY
@given(weeks())
def test_account_is_plain_data(week: Week) -> None:
    """The account could not be written as JSON and read back as it was."""
    verification = examine(*week)
    data = verification.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["compliant"] == verification.compliant
    assert len(data["findings"]) == len(verification.findings)
