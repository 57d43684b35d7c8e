"""Writes docs/rules/ from the catalogue and the case files: python -m docs.generate_rules."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import safeschedule.catalogue
from docs.drawing.choosing import weeks_of
from docs.drawing.svg import draw
from docs.drawing.words import markdown
from safeschedule.catalogue import Parameter, Rule, Tier, rules

FOLDER = Path(__file__).parent / "rules"
NOTE = "<!-- Made by docs/generate_rules.py; change the catalogue or tests/cases, then run it again. -->"
SOURCES = {
    "TC": "Mental Health Clinician Ratios And Caseload Limits That Prevent Vicarious Trauma "
    "(Timecroft Editorial Team, 2026)",
    "IG": "Designing Safe Caseloads in Mental Health Services: Beyond Arbitrary Ratios (Impact Guru)",
    "CS": "Caseload Size: Demystifying the Numbers (no author named)",
    "AB": "Acuity-Based Caseload Management in Community Mental Health: Workforce Controls That Protect "
    "Safety and Access (no author named)",
    "CD": "Caseload Design and Productivity Standards That Protect Workforce Capability and Participant "
    "Safety (no author named)",
}

MORE = dict.fromkeys(
    ("access", "urgent_access"), "[What displaces what](../howto/what-comes-first.md), in numbers"
)
"""What to read beside a rule's page."""


def files() -> dict[str, str]:
    """Return every page and drawing by its path in the folder."""
    found = {"index.md": index()}
    for rule in rules().values():
        found[f"{rule.id}.md"] = page(rule)
        for sort, case in weeks_of(rule.id).items():
            found[drawing(rule, sort)] = draw(case.problem, case.schedule).svg
    return found


def drawing(rule: Rule, sort: str) -> str:
    """Return the path of the drawing of a rule's ``good`` or ``bad`` week."""
    return f"weeks/{rule.id}-{sort}.svg"


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    strength = "hard" if rule.hard else f"soft, {rule.weight} for each unit"
    parts = [
        f"# {rule.title}",
        NOTE,
        f"`{rule.id}` · {rule.tier} tier · {strength} · source: {rule.source}",
        f"## What counts\n\n{rule.statement}",
        f"**Unit of violation:** {rule.amount}.",
        f"## A week that keeps it\n\n{rule.good}",
        *week(rule, "good"),
        f"## A week that breaks it\n\n{rule.bad}",
        *week(rule, "bad"),
    ]
    if rule.parameters:
        parts.append(f"## What a rulebook may change\n\n{parameters(rule.parameters)}")
    if rule.retired:
        lines = "\n".join(f"* `{name}`: now {now}." for name, now in rule.retired)
        parts.append(f"Of earlier versions, read and without effect:\n\n{lines}")
    shown = example(rule)
    if shown:
        parts.append(f"In a rulebook, with the values that hold anyway:\n\n```json\n{shown}\n```")
    if rule.assumes:
        links = ", ".join(f"[{name}]({name}.md)" for name in rule.assumes)
        parts.append(f"Judged on weeks that keep: {links}.")
    if rule.id in MORE:
        parts.append(f"See also: {MORE[rule.id]}.")
    parts.append("[All rules](index.md)")
    return "\n\n".join(parts) + "\n"


def week(rule: Rule, sort: str) -> list[str]:
    """Return the drawing of a rule's good or bad week, its caption, and what the verifier says of it."""
    case = weeks_of(rule.id).get(sort)
    if case is None:
        return []
    drawn = draw(case.problem, case.schedule)
    parts = [f"![{markdown(drawn.words)}]({drawing(rule, sort)})", f"*{markdown(case.says)}*"]
    if drawn.sentences:
        listed = (f"{number}. {markdown(text)}" for number, text in enumerate(drawn.sentences, start=1))
        parts += ["The verifier says of it:", "\n".join(listed)]
    return parts


def parameters(found: tuple[Parameter, ...]) -> str:
    """Return a table of parameters."""
    rows = [
        (
            f"`{entry.name}`",
            f"`{json.dumps(plain(entry.default))}`",
            f"{entry.unit}, {entry.least} to {entry.largest}" if entry.bounded else entry.unit,
            entry.meaning,
            entry.source,
        )
        for entry in found
    ]
    return table(("name", "default", "unit and bounds", "meaning", "source"), rows)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def example(rule: Rule) -> str:
    """Return a rulebook that says of one rule what holds anyway; nothing where it can say nothing."""
    setting: dict[str, Any] = {}
    if rule.tier is not Tier.PHYSICAL:
        setting |= {"enabled": True, "hard": rule.hard, "tier": str(rule.tier)}
    if not rule.hard:
        setting["weight"] = rule.weight
    if rule.parameters:
        setting["parameters"] = {entry.name: plain(entry.default) for entry in rule.parameters}
    book = {"name": "ours", "version": "1", "rules": {rule.id: setting}}
    return json.dumps(book, indent=2) if setting else ""


def plain(value: Any) -> Any:
    """Return a parameter's value as plain data."""
    return dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value


def index() -> str:
    """Return the page that lists all rules."""
    rows = [
        (f"[{rule.id}]({rule.id}.md)", rule.title, str(tier), "hard" if rule.hard else "soft", rule.source)
        for tier in Tier
        for rule in rules().values()
        if rule.tier is tier
    ]
    listed = table(("rule", "what it says", "tier", "", "source"), rows)
    sources = "\n".join(f"* **{key}**: {text}" for key, text in SOURCES.items())
    return (
        "\n\n".join(
            [
                "# The rules",
                NOTE,
                "Strongest tier first. A hard rule is kept or there is no schedule; a soft one costs. "
                "Physical rules stand as they are; of the others a rulebook may change tier, hardness, "
                "weight and parameters, or switch them off.",
                listed,
                f"## Terms\n\n{terms()}",
                f"## Sources\n\n{sources}\n\nA source that reads “assumption” is nobody's figure but ours.",
            ]
        )
        + "\n"
    )


def terms() -> str:
    """Return the terms that all statements use, from the catalogue's own words."""
    text = (safeschedule.catalogue.__doc__ or "").split("---\n")[-1]
    return re.sub(r"``", "`", " ".join(text.split()))


def written() -> dict[str, Path]:
    """Return the pages and drawings that are there, by their path in the folder."""
    there = (*FOLDER.glob("*.md"), *FOLDER.glob("weeks/*.svg"))
    return {path.relative_to(FOLDER).as_posix(): path for path in there}


if __name__ == "__main__":
    made = files()
    (FOLDER / "weeks").mkdir(parents=True, exist_ok=True)
    for old in written().values():
        old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
