"""Problems, schedules and actuals as JSON text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeschedule.actuals import Actuals
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


def as_text(entity: Problem | Schedule | Actuals) -> str:
    """Return JSON that people can read and compare: one entity a line, defaults left out."""
    plain = {"schema_version": entity.schema_version} | entity.model_dump(mode="json", exclude_defaults=True)
    return (
        "{\n" + ",\n".join(f"  {json.dumps(key)}: {_value(value)}" for key, value in plain.items()) + "\n}\n"
    )


def _value(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    lines = ",\n".join(f"    {json.dumps(entry, ensure_ascii=False)}" for entry in value)
    return f"[\n{lines}\n  ]"
