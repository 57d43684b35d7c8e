"""Presets: each choice is one that can be meant, has its reason, and stands in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import generate_presets
from safeschedule.catalogue import rules
from safeschedule.problem import PRESETS, Rulebook, RuleSetting, faults
from safeschedule.problem.presets import EXPLAINED, Choice, Preset
from safeschedule.problem.presets.preset import FIELDS
from safeschedule.samples import sample

DOCS = Path(__file__).parents[2] / "docs"
CHOICES = [(preset, choice) for preset in EXPLAINED.values() for choice in preset.choices]


def named(value: object) -> str | None:
    return f"{value.rule}.{value.what}" if isinstance(value, Choice) else getattr(value, "name", None)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_has_no_faults(name: str) -> None:
    """A value would lie outside the bounds of its parameter, and nobody could plan with the preset."""
    problem = sample().model_copy(update={"rulebook": PRESETS[name]})
    assert faults.find(problem) == ()
    assert PRESETS[name].name == name


@pytest.mark.parametrize(("preset", "choice"), CHOICES, ids=named)
def test_a_choice_changes_something(preset: Preset, choice: Choice) -> None:
    """A preset would claim to change what stays as it is, or set figures of a rule that it turns off."""
    chosen, usual = preset.rulebook.setting(choice.rule), Rulebook().setting(choice.rule)
    if choice.what in FIELDS:
        assert getattr(chosen, choice.what) == choice.value != getattr(usual, choice.what)
    else:
        assert chosen.values[choice.what] == choice.value != usual.values[choice.what]
    assert chosen.enabled or choice.what == "enabled"


@pytest.mark.parametrize(("preset", "choice"), CHOICES, ids=named)
def test_a_choice_has_a_reason(preset: Preset, choice: Choice) -> None:
    """A lead could not judge whether the choice fits the service."""
    assert re.search(r"[a-z)]\.$", choice.why)
    figure = isinstance(choice.value, dict | str | int) and not isinstance(choice.value, bool)
    sourced = re.search(r"assumption|\b(TC|IG|CS|AB|CD|CACREP|SAMHSA|Johnson)\b", choice.why)
    assert sourced or not figure or preset.name == "solo"


@pytest.mark.parametrize("preset", EXPLAINED.values(), ids=named)
def test_nothing_is_said_twice(preset: Preset) -> None:
    """Of two choices the later would win, whatever the reason of the earlier."""
    said = [(choice.rule, choice.what) for choice in preset.choices]
    assert len(set(said)) == len(said)


def test_what_is_said_of_a_rule_is_no_parameter() -> None:
    """A choice of a rule's weight would set a parameter, or the other way round."""
    names = {parameter.name for rule in rules().values() for parameter in rule.parameters}
    assert names.isdisjoint(FIELDS)
    assert set(FIELDS) < set(RuleSetting.model_fields)


def test_what_is_meant_for_one_person_asks_for_nobody_else() -> None:
    """A practice of one would have duties that need a second person."""
    solo = PRESETS["solo"].settings()
    assert solo.keys().isdisjoint({"consultation", "supervision", "case_review", "debrief", "cover"})


def test_both_needs_of_a_trainee_are_an_hour_and_a_half() -> None:
    """A trainee with a high-acuity caseload would have two hours, where one was meant to do for both."""
    setting = PRESETS["training"].setting("supervision")
    assert setting.whole("new_minutes") + setting.whole("high_minutes") == 90


def test_the_page_of_the_presets_is_theirs() -> None:
    """The documentation would set other figures side by side; `make docs-rules` writes it again."""
    assert generate_presets.FILE.read_text(encoding="utf-8") == generate_presets.page()


@pytest.mark.parametrize("page", ["tutorials/first-week.md", "reference/ehr-csv.md", "reference/presets.md"])
def test_pages_that_list_presets_list_all(page: str) -> None:
    """Somebody would not learn that there is a preset for such a team."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [name for name in PRESETS if f"`{name}`" not in text] == []
