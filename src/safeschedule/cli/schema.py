"""``safeschedule schema``: the formats of the files, for programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from safeschedule.cli.answer import answer_schema
from safeschedule.cli.console import emit


class Format(StrEnum):
    """What has a schema."""

    PROBLEM = "problem"
    SCHEDULE = "schedule"
    RULEBOOK = "rulebook"
    RESULT = "result"
    CHANGES = "changes"


def schema(
    form: Annotated[
        Format,
        typer.Argument(metavar="FORMAT", help="problem, schedule, rulebook, result or changes."),
    ],
) -> None:
    """Print the JSON schema of a file format, or of what solve --json prints."""
    emit(json.dumps(_schema(form), ensure_ascii=False, indent=2))


def _schema(form: Format) -> dict[str, Any]:
    from safeschedule.problem import Problem, Rulebook
    from safeschedule.replanning.changes import Changes
    from safeschedule.schedule import Schedule

    made = {
        Format.PROBLEM: Problem.model_json_schema,
        Format.SCHEDULE: Schedule.model_json_schema,
        Format.RULEBOOK: Rulebook.model_json_schema,
        Format.RESULT: answer_schema,
        Format.CHANGES: Changes.model_json_schema,
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made[form]()
