"""Writes docs/reference/presets.md from the presets: python -m docs.generate_presets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from safeschedule.catalogue import rules
from safeschedule.problem import Rulebook
from safeschedule.problem.presets import EXPLAINED, Preset
from safeschedule.problem.presets.preset import FIELDS

FILE = Path(__file__).parent / "reference" / "presets.md"
NOTE = (
    "<!-- Made by docs/generate_presets.py; change src/safeschedule/problem/presets, then run it again. -->"
)


def page() -> str:
    """Return the page: the presets side by side, then each with its reasons."""
    intro = (
        "A preset is a rulebook to start from. What it does not mention stays as the rule's\n"
        "[page](../rules/index.md) says. `safeschedule rules preset NAME` prints one, to put into a problem\n"
        "file as its `rulebook`; change it, and give it a name of its own. Letters such as TC stand for\n"
        "[the sources](../rules/index.md)."
    )
    parts = ["# Presets", NOTE, intro, _names(), "## Side by side", _table()]
    parts += [_reasons(preset) for preset in EXPLAINED.values()]
    return "\n\n".join(parts) + "\n"


def _names() -> str:
    lines = ["| preset | for |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{each.name}` | {each.title} |" for each in EXPLAINED.values())])


def _table() -> str:
    changed = [preset for preset in EXPLAINED.values() if preset.choices]
    head = ["rule", "what", "catalogue", *(preset.name for preset in changed)]
    lines = [head, ["---"] * len(head)]
    for rule, what in _said():
        found = [_chosen(preset, rule, what) for preset in changed]
        usual = _text(_usual(rule, what), what)
        lines.append([f"[{rule}](../rules/{rule}.md)", f"`{what}`", usual, *found])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _said() -> Iterator[tuple[str, str]]:
    """Yield every rule and what is said of it by any preset, in the order of rules and parameters."""
    said = {(choice.rule, choice.what) for preset in EXPLAINED.values() for choice in preset.choices}
    for name, rule in rules().items():
        for what in (*FIELDS, *(parameter.name for parameter in rule.parameters)):
            if (name, what) in said:
                yield name, what


def _usual(rule: str, what: str) -> Any:
    setting = Rulebook().setting(rule)
    return getattr(setting, what) if what in FIELDS else setting.values[what]


def _chosen(preset: Preset, rule: str, what: str) -> str:
    values = [choice.value for choice in preset.choices if (choice.rule, choice.what) == (rule, what)]
    return f"**{_text(values[0], what)}**" if values else ""


def _text(value: Any, what: str) -> str:
    if isinstance(value, bool):
        words = {"enabled": ("off", "on"), "hard": ("soft", "hard")}.get(what, ("no", "yes"))
        return words[value]
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if isinstance(value, str | int):
        return str(value)
    return ", ".join(f"{entry}" if key == "default" else f"{key} {entry}" for key, entry in value.items())


def _reasons(preset: Preset) -> str:
    parts = [f"## {preset.name}\n\n{preset.title}."]
    if preset.choices:
        parts.append(
            "\n".join(
                _reason(choice.rule, choice.what, choice.value, choice.why) for choice in preset.choices
            )
        )
    if preset.notes:
        parts.append("\n".join(f"* {note}" for note in preset.notes))
    text = json.dumps(preset.rulebook.model_dump(mode="json", exclude_unset=True), indent=2)
    parts.append(f"```json\n{text}\n```")
    return "\n\n".join(parts)


def _reason(rule: str, what: str, value: Any, why: str) -> str:
    name = rule if what == "enabled" else f"{rule}, {what}"
    return f"* **{name}: {_text(value, what)}.** {why}"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
