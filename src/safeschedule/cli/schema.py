"""``safeschedule schema``: the formats of the files, for programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from safeschedule.cli.console import emit


class Document(StrEnum):
    """What has a schema: files, and what commands print with --json."""

    PROBLEM = "problem"
    SCHEDULE = "schedule"
    RULEBOOK = "rulebook"
    CHANGES = "changes"
    ACTUALS = "actuals"
    EXPECTED = "expected"
    WARNING_RULES = "warning-rules"
    ASSUMPTIONS = "assumptions"
    RUBRIC = "rubric"
    RUBRIC_ANSWERS = "rubric-answers"
    WAITLIST_RULES = "waitlist-rules"
    GROUP_RULES = "group-rules"
    RESULT = "result"
    VERIFICATION = "verification"
    REPLAN = "replan"
    STRESS = "stress"
    SUGGESTIONS = "suggestions"
    SLOTS = "slots"
    MOVE = "move"
    LEFT_OUT = "left-out"
    NO_SCHEDULE = "no-schedule"
    EXCEPTION = "exception"
    SUMMARY = "summary"
    PANEL = "panel"
    FORECAST = "forecast"
    INTAKE = "intake"
    REBALANCING = "rebalancing"
    CAPACITY = "capacity"
    HUDDLE = "huddle"
    WAITLIST = "waitlist"
    GROUPS = "groups"
    MESSAGES = "messages"
    MEASURES = "measures"
    WARNINGS = "warnings"
    STATEMENT = "statement"
    LEDGER = "ledger"
    CHAIN = "chain"
    EVIDENCE = "evidence"
    SIMULATION = "simulation"


ANSWERS = {
    Document.RESULT: "Result",
    Document.VERIFICATION: "Verification",
    Document.REPLAN: "Replan",
    Document.STRESS: "Stress",
    Document.SUGGESTIONS: "Suggestions",
    Document.SLOTS: "FreeSlots",
    Document.MOVE: "MoveCheck",
    Document.LEFT_OUT: "LeftOutAccount",
    Document.NO_SCHEDULE: "NoSchedule",
    Document.EXCEPTION: "CapacityException",
    Document.SUMMARY: "Summary",
    Document.PANEL: "Panel",
    Document.FORECAST: "PanelForecast",
    Document.INTAKE: "IntakeRouting",
    Document.REBALANCING: "Rebalancing",
    Document.CAPACITY: "SustainableCapacity",
    Document.HUDDLE: "Huddle",
    Document.WAITLIST: "Waitlist",
    Document.GROUPS: "GroupEligibility",
    Document.MESSAGES: "MessageQueue",
    Document.MEASURES: "MeasureReport",
    Document.WARNINGS: "WarningReport",
    Document.LEDGER: "LedgerView",
    Document.CHAIN: "ChainAccount",
    Document.EVIDENCE: "EvidencePack",
    Document.SIMULATION: "SimulationResults",
}
"""What is returned, by the name of its schema."""

FILES = tuple(document for document in Document if document not in ANSWERS)
"""What is read from files."""


def _format(name: str) -> Document:
    # Not left to the command line's own choice of values, whose help would be one line of them all.
    try:
        return Document(name)
    except ValueError:
        raise typer.BadParameter(f"expected one of {', '.join(Document)}") from None


def schema(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help=f"{', '.join(FILES)}; or what a command prints with --json: {', '.join(ANSWERS)}.",
        ),
    ],
) -> None:
    """Print the JSON schema of a file format, or of what a command prints with --json."""
    emit(json.dumps(schema_of(_format(form)), ensure_ascii=False, indent=2))


def schema_of(form: Document) -> dict[str, Any]:
    """Return a schema."""
    import safeschedule
    from safeschedule.actuals import Actuals
    from safeschedule.caseload.capacity import CapacityAssumptions
    from safeschedule.caseload.groups import GroupRules
    from safeschedule.caseload.panels import ExpectedChanges
    from safeschedule.caseload.rubrics import AcuityRubric, RubricAnswers
    from safeschedule.caseload.waitlist import WaitlistRules
    from safeschedule.caseload.warnings import WarningRules
    from safeschedule.ledger import Statement
    from safeschedule.problem import Problem, Rulebook
    from safeschedule.replanning.changes import Changes
    from safeschedule.schedule import Schedule

    files = {
        Document.PROBLEM: Problem,
        Document.SCHEDULE: Schedule,
        Document.RULEBOOK: Rulebook,
        Document.CHANGES: Changes,
        Document.STATEMENT: Statement,
        Document.ACTUALS: Actuals,
        Document.EXPECTED: ExpectedChanges,
        Document.WARNING_RULES: WarningRules,
        Document.ASSUMPTIONS: CapacityAssumptions,
        Document.RUBRIC: AcuityRubric,
        Document.RUBRIC_ANSWERS: RubricAnswers,
        Document.WAITLIST_RULES: WaitlistRules,
        Document.GROUP_RULES: GroupRules,
    }
    if form in files:
        made = files[form].model_json_schema()  # type: ignore[attr-defined]
    else:
        made = getattr(safeschedule, ANSWERS[form]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
