"""``safeschedule schema``: the formats of the files, for programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from safeschedule.cli.console import emit


class Format(StrEnum):
    """What has a schema: files, and what commands print with --json."""

    PROBLEM = "problem"
    SCHEDULE = "schedule"
    RULEBOOK = "rulebook"
    CHANGES = "changes"
    RESULT = "result"
    VERIFICATION = "verification"
    REPLAN = "replan"
    STRESS = "stress"
    SUGGESTIONS = "suggestions"
    MOVE = "move"
    LEFT_OUT = "left-out"
    NO_SCHEDULE = "no-schedule"
    EXCEPTION = "exception"
    SUMMARY = "summary"


ANSWERS = {
    Format.RESULT: "Result",
    Format.VERIFICATION: "Verification",
    Format.REPLAN: "Replan",
    Format.STRESS: "Stress",
    Format.SUGGESTIONS: "Suggestions",
    Format.MOVE: "MoveCheck",
    Format.LEFT_OUT: "LeftOutAccount",
    Format.NO_SCHEDULE: "NoSchedule",
    Format.EXCEPTION: "CapacityException",
    Format.SUMMARY: "Summary",
}
"""What is returned, by the name of its schema."""


def _format(name: str) -> Format:
    # Not left to the command line's own choice of values, whose help would be one line of them all.
    try:
        return Format(name)
    except ValueError:
        raise typer.BadParameter(f"expected one of {', '.join(Format)}") from None


def schema(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="problem, schedule, rulebook or changes; or what a command prints with --json: "
            f"{', '.join(ANSWERS)}.",
        ),
    ],
) -> None:
    """Print the JSON schema of a file format, or of what a command prints with --json."""
    emit(json.dumps(schema_of(_format(form)), ensure_ascii=False, indent=2))


def schema_of(form: Format) -> dict[str, Any]:
    """Return a schema."""
    import safeschedule
    from safeschedule.problem import Problem, Rulebook
    from safeschedule.replanning.changes import Changes
    from safeschedule.schedule import Schedule

    files = {
        Format.PROBLEM: Problem,
        Format.SCHEDULE: Schedule,
        Format.RULEBOOK: Rulebook,
        Format.CHANGES: Changes,
    }
    if form in files:
        made = files[form].model_json_schema()  # type: ignore[attr-defined]
    else:
        made = getattr(safeschedule, ANSWERS[form]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
