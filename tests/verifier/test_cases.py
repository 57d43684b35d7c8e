"""Each rule's check against the good and bad weeks of its case file."""

from collections import Counter

import pytest

from safeschedule.catalogue import rules
from safeschedule.verifier import Finding, examine
from tests.support.cases import Case, all_cases, cases_of

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_finds_what_the_statement_says(case: Case) -> None:
    """A check counts something else than its rule's statement, or says the wrong person or time."""
    verification = examine(case.problem, case.schedule)
    found = [finding for finding in verification.findings if finding.rule == case.rule]
    sentences = "\n".join(finding.sentence for finding in found)
    assert verification.amounts[case.rule] == case.amount, f"{case.says}\n{sentences}"
    assert not _unmatched(case, found), sentences


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_is_about_its_rule_alone(case: Case) -> None:
    """A case breaks something else than its rule, so that it would not show what it says."""
    others = [f for f in examine(case.problem, case.schedule).findings if f.rule != case.rule]
    assert not others, "\n".join(finding.sentence for finding in others)


@pytest.mark.parametrize("rule", sorted(rules()))
def test_each_rule_has_good_and_bad_weeks(rule: str) -> None:
    """A rule could be wrong in one direction without any case showing it."""
    amounts = [case.amount for case in cases_of(rule)]
    assert len(amounts) >= 4
    assert sum(amount > 0 for amount in amounts) >= 2
    # Load can be lower or higher, but a team that works has some.
    assert amounts.count(0) >= 2


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_is_on_its_grid(case: Case) -> None:
    """A case could not be put to the optimiser, which plans on the problem's grid."""
    entries = (*case.schedule.appointments, *case.schedule.blocks)
    numbers = [number for entry in entries for number in (entry.start.minute, entry.minutes)]
    assert not [number for number in numbers if number % case.problem.grid]


def test_names_are_unique() -> None:
    """Two cases share a name, so that a failure could not be found."""
    assert max(Counter(map(str, CASES)).values()) == 1


def _unmatched(case: Case, found: list[Finding]) -> list[object]:
    """Return what was expected and not found, and what was found and not expected."""
    left: list[Finding] = list(found)
    missing: list[object] = []
    for who, when in case.found:
        for finding in left:
            if who <= set(finding.who) and when == _when(finding):
                left.remove(finding)
                break
        else:
            missing.append((sorted(who), when))
    return missing + [(finding.who, _when(finding)) for finding in left]


def _when(finding: Finding) -> str:
    return "week" if finding.when is None else finding.when.isoformat(timespec="minutes")
