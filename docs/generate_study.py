"""Writes docs/reference/study.md from the changes, figures and frames: python -m docs.generate_study."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from safeschedule.exchange.frames.layout import FrameTable
from safeschedule.scenarios import ScenarioChange, changes
from safeschedule.study.declared import page_tables
from safeschedule.study.figures import FIGURES
from safeschedule.study.reading import MadeUpTeam, StudySettings

FILE = Path(__file__).parent / "reference" / "study.md"
INTRO = """# Studies: scenarios, figures, frames

<!-- Made by docs/generate_study.py from src/safeschedule/scenarios and src/safeschedule/study. -->

What stands in the TOML file of a study, and in `Scenario(...)` in Python; what each figure counts; and the
columns of every frame. [How to](../howto/studies.md), [a first study](../tutorials/a-study.md),
[the command](cli.md#study-run).

```toml
name = "autumn"
seeds = [1, 2, 3]
limit = 2.0

[problems]
team = "team.json"

[scenarios.smaller]
about = "C03 leaves, and nobody comes"
remove = {clinicians = ["C03"], panel = "spread"}

[scenarios."smaller, by telehealth"]
from = ["smaller"]
telehealth = 0.6
```

Names are taken exactly: a word that is no change, a code that is not in the problem and a rule that does not
exist are faults, and all of them are told at once.
"""

SCENARIOS = """## `[scenarios.NAME]`

A table for each scenario: the words of changes, which are made in the order in which they stand, and

| name | what it means |
|---|---|
| `about` | What is asked by it, for people. |
| `from` | Scenarios above this one, whose changes come first. |

After each change what no longer fits is taken out, and told in the notes of the run: pins outside new hours,
sessions that nobody is there long enough for. Sessions that nobody can be asked for any more count as `lost`.
A list of tables makes a change several times. Where a change has a field in **bold**, its value may stand
without the table: `demand = 1.2`, `rules_off = ["breaks"]`. What is drawn depends on the run's seed and on
the change alone, so that two scenarios with the same seed draw the same people.
"""

_FIELD = re.compile(r"^(\w+(?:, \w+)*)$\n((?:^    .*$\n?)+)", re.MULTILINE)


def page() -> str:
    """Return the page."""
    parts = [INTRO, "## Above the tables\n", _settings(StudySettings), *_problems(), SCENARIOS]
    parts += [_change(kind) for kind in changes().values()]
    parts += ["## Figures\n", _figures(), "## Frames\n", *map(_frame, page_tables().values())]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _settings(kind: type[BaseModel]) -> str:
    lines = ["| name | by itself | what it means |", "|---|---|---|"]
    for name, field in kind.model_fields.items():
        default = "needed" if field.is_required() else f"`{json.dumps(_plain(field.default))}`"
        lines.append(f"| `{name}` | {'' if default == '`null`' else default} | {field.description} |")
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _problems() -> Iterator[str]:
    yield """## `[problems]`

A line for each problem, by the name that it has in the study: the name of a file beside the study's (JSON, a
workbook or a folder of frames), `{sample = true}` for the bundled team, or a team that is made up:
"""
    lines = ["[problems]", 'team = "team.json"', "riverside = {sample = true}", MadeUpTeam.example]
    yield "\n".join(["```toml", *lines, "```", ""])
    yield _settings(MadeUpTeam)


def _change(kind: type[ScenarioChange]) -> str:
    said = inspect.cleandoc(kind.__doc__ or "")
    first, _, rest = said.partition("\n\nParameters\n----------\n")
    meanings = dict(_meanings(rest))
    lines = ["| field | by itself | what it means |", "|---|---|---|"]
    for name, field in kind.model_fields.items():
        default = "needed" if field.is_required() else _default(field.get_default(call_default_factory=True))
        shown = f"**`{name}`**" if name == kind.main else f"`{name}`"
        lines.append(f"| {shown} | {default} | {meanings[name]} |")
    text = " ".join(first.split("\n"))
    return f"### `{kind.name}`\n\n{text}\n\n```toml\n{kind.example}\n```\n\n" + "\n".join(lines)


def _default(value: Any) -> str:
    if value is None or value == () or value == {}:
        return ""
    return f"`{json.dumps(str(value) if not isinstance(value, bool | int | float | str) else value)}`"


def _meanings(text: str) -> Iterator[tuple[str, str]]:
    for names, told in _FIELD.findall(text + "\n"):
        meaning = " ".join(line.strip() for line in told.splitlines()).replace("``", "`").replace("|", "\\|")
        for name in names.split(", "):
            yield name, meaning.replace("`None`:", "by itself:")


def _figures() -> str:
    lines = [
        "A column each of the frame `runs`; those with bounds can be compared with what is proven.",
        "",
        "| figure | in | bounds of the best | what it means |",
        "|---|---|---|---|",
    ]
    for figure in FIGURES.values():
        bounds = " to ".join(f"`{name}`" for name in figure.bounds or ())
        lines.append(f"| `{figure.name}` | {figure.unit} | {bounds} | {figure.about} |")
    return "\n".join(lines)


def _frame(table: FrameTable) -> str:
    lines = [f"### {table.name}", "", table.about, "", "| column | holds | meaning |", "|---|---|---|"]
    for column in table.columns:
        if column.name in FIGURES:
            continue
        lines.append(f"| `{column.name}` | {column.kind.name} | {column.about} |")
    if any(column.name in FIGURES for column in table.columns):
        lines.append("| [every figure](#figures) | number | |")
    return "\n".join(lines)


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
