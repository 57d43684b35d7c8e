"""What is certified was checked: the problem first, and what was not asked is said."""

from typing import Any

import pytest

from safeschedule import InputError, Problem, Rulebook, Schedule, Verification, rulebook_hash, verify
from safeschedule.catalogue import rules
from safeschedule.problem.once import once_each
from safeschedule.verifier.run import unchecked
from tests.api.answers import problem, schedule


def _with_rules(**settings: Any) -> Problem:
    own = problem().rulebook.to_dict()
    book = Rulebook.from_dict(own | {"rules": own["rules"] | settings})
    return problem().model_copy(update={"rulebook": book})


def _double_booked() -> Schedule:
    """Give the week with everything of one clinician a second time."""
    first = schedule().appointments[0]
    return schedule().model_copy(update={"appointments": (first, *schedule().appointments)})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rules": {"consultation": {"parameters": {"minuts": 600}}}}, "unknown_parameter"),
        ({"rules": {"consultatoin": {"enabled": True}}}, "unknown_rule"),
        ({"rules": {"session_limits": {"parameters": {"day": "many"}}}}, None),
    ],
)
def test_a_misspelt_rule_is_refused(change: dict[str, Any], code: str | None) -> None:
    """The default would silently be in force where a team has asked for more."""
    faulty = problem().model_copy(update={"rulebook": Rulebook.from_dict(change)})
    with pytest.raises(InputError) as caught:
        verify(faulty, schedule())
    assert caught.value.faults
    assert code is None or code in {fault.code for fault in caught.value.faults}
    with pytest.raises(InputError):
        verify(faulty, schedule())  # the second time as the first


def test_every_fault_of_the_problem_is_told() -> None:
    """Somebody would mend one fault after the other."""
    lost = {"session_types": (), "rooms": (), "clients": ()}
    with pytest.raises(InputError) as caught:
        verify(problem().model_copy(update=lost), schedule())
    assert len(caught.value.faults) >= 2 * len(problem().requests)


def test_a_double_booking_is_not_certified_with_the_rule_off() -> None:
    """A week with one person in two places would be certified."""
    assert not verify(problem(), _double_booked()).compliant
    with pytest.raises(InputError) as caught:
        verify(_with_rules(no_overlap={"enabled": False}), _double_booked())
    assert [fault.code for fault in caught.value.faults] == ["physical_rule"]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"enabled": False}, "recovery_buffer (off)"),
        ({"hard": False}, "Not required: recovery_buffer (soft)."),
    ],
)
def test_a_week_without_a_safety_rule_is_never_simply_compliant(setting: dict[str, Any], words: str) -> None:
    """A week without any consultation would be certified like one with it."""
    account = verify(_with_rules(recovery_buffer=setting), schedule())
    assert account.compliant
    assert account.qualified
    assert words in account.qualification
    assert account.qualification in str(account)
    assert not str(account).startswith("compliant\n")
    assert ("recovery_buffer" in account.off) == (setting == {"enabled": False})


@pytest.mark.parametrize(
    ("name", "rule"), [(n, r) for n, r in rules().items() if r.hard and r.tier in ("physical", "safety")]
)
@pytest.mark.parametrize("how", ["off", "soft", "moved"])
def test_no_physical_or_safety_rule_can_be_out_of_sight(name: str, rule: Any, how: str) -> None:
    """A rule that was switched off, made soft, or moved to a weaker tier would look as if it were kept."""
    changes = {
        "off": {"enabled": False},
        "soft": {"hard": False},
        "moved": {"tier": "preference", "hard": False},
    }
    book = Rulebook.from_dict({"rules": {name: changes[how]}})
    found = list(unchecked({name: book.setting(name)}))
    assert [(u.rule, u.tier) for u in found] == [(name, str(rule.tier))]


def test_a_rulebook_that_holds_a_week_to_everything_says_no_more_than_compliant() -> None:
    """The qualification would be noise that nobody reads any more."""
    settings = {name: {"enabled": True, "hard": rule.hard} for name, rule in rules().items()}
    account = verify(_with_rules(**settings), schedule())
    assert not account.qualified
    assert account.qualification == ""
    assert account.off == ()


def test_the_account_says_what_was_checked_against_what() -> None:
    """An account could be laid beside another week."""
    account, other = verify(problem(), schedule()), verify(problem(), _double_booked())
    assert len({account.problem_hash, account.schedule_hash, account.rulebook_hash}) == 3
    assert account.problem_hash == other.problem_hash
    assert account.schedule_hash != other.schedule_hash
    assert account.safeschedule
    assert account.rulebook == f"{problem().rulebook.name} {problem().rulebook.version}"
    assert Verification.from_dict(account.to_dict()) == account


def test_the_rulebooks_hash_has_the_catalogues_defaults_in_it() -> None:
    """Two releases with other defaults would seem to have judged by the same rules."""
    silent = Rulebook()
    default = rules()["recovery_buffer"].parameters[0]
    said = {"recovery_buffer": {"parameters": {default.name: default.default}}}
    other = {"recovery_buffer": {"parameters": {default.name: default.default + 5}}}
    assert rulebook_hash(Rulebook.from_dict({"rules": said})) == rulebook_hash(silent)
    assert rulebook_hash(Rulebook.from_dict({"rules": other})) != rulebook_hash(silent)


def test_verifying_often_checks_the_problem_once() -> None:
    """Callers who verify thousands of weeks of one problem would look for an entry without the check."""
    again = problem().model_copy(update={"name": "another"})
    looked = []

    def look(_: Problem) -> tuple[()]:
        looked.append(1)
        return ()

    remembering = once_each(look)
    assert remembering(again) == remembering(again) == remembering(problem()) == ()
    assert len(looked) == 2
    remembering(again.model_copy())
    assert len(looked) == 3
