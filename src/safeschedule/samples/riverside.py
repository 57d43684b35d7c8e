"""Makes the bundled sample; ``python -m safeschedule.samples.riverside`` writes it anew."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from safeschedule.problem import Problem
from safeschedule.samples.assumptions import PROFILES
from safeschedule.samples.generator import generate

SEED = 20
DEMAND = 1.0
PART_TIME = 0.6
TRAUMA = 0.15  # of the sessions of EMDR-trained clinicians, so that the sample shows recovery time
FILE = Path(__file__).with_name("riverside.json")


def make_riverside() -> Problem:
    """Return the generator's team of eight, more part-time than most, with one site and tidy room codes."""
    given = replace(PROFILES["community"], trauma=TRAUMA)
    made = generate(8, SEED, demand=DEMAND, part_time=PART_TIME, assumptions=given)
    plain = made.model_dump(mode="json", exclude_defaults=True)
    return Problem.model_validate(_renamed(plain) | {"schema_version": "2", "name": "riverside"})


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_renamed(entry) for entry in value]
    if isinstance(value, str):
        return {"site-1": "riverside", "family-site-1": "family-room"}.get(value, value)
    return value


def as_text(problem: Problem) -> str:
    """Return a problem as a file for people: one entity a line, defaults left out."""
    parts = []
    for key, value in problem.model_dump(mode="json", exclude_defaults=True).items():
        if isinstance(value, list):
            lines = ",\n".join(f"    {json.dumps(entry)}" for entry in value)
            parts.append(f"  {json.dumps(key)}: [\n{lines}\n  ]")
        else:
            parts.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    return '{\n  "schema_version": "2",\n' + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(as_text(make_riverside()), encoding="utf-8")
