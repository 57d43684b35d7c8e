"""The data behind the model: the acuity bands with their weights, and the rulebook's limits (IG, CD)."""

from __future__ import annotations

from collections.abc import Mapping

from safeschedule.catalogue import Value
from safeschedule.evidence.section import EvidenceSection, section
from safeschedule.problem import Problem


def acuity_tool(problem: Problem) -> EvidenceSection:
    """Return the scoring tool: what each acuity band weighs, asks for, and when it escalates."""
    cap = problem.rulebook.setting("caseload_cap")
    rows = [
        (
            *(band.id, band.rank, f"{band.points:g}", "yes" if band.high_acuity else "no"),
            *(band.contact_days, band.review_days, ", ".join(map(str, band.escalation))),
        )
        for band in sorted(problem.bands, key=lambda band: band.rank)
    ]
    answer = (
        f"A client's points are those of the band, {cap.exact('coordination'):g} more for coordination and "
        f"{cap.exact('safety_planning'):g} for safety planning. Clinicians confirm every band."
    )
    columns = (
        "band",
        "rank",
        "points",
        "high acuity",
        "contact every days",
        "review every days",
        "escalates with",
    )
    return section("acuity", "How is acuity scored, and caseload weighted?", answer, columns, rows)


def rulebook_limits(problem: Problem) -> EvidenceSection:
    """Return the figures of every rule that is on, as they apply."""
    rows = [
        (
            *(name, setting.rule.title, setting.tier, "hard" if setting.hard else "soft"),
            *(parameter.name, _words(setting.values[parameter.name]), parameter.unit, parameter.source),
        )
        for name, setting in problem.rulebook.settings().items()
        if setting.enabled
        for parameter in setting.rule.parameters
    ]
    answer = "Each figure that limits the work, with its source. An assumption is the service's own to set."
    columns = ("rule", "what", "tier", "kept", "figure", "value", "unit", "source")
    return section("limits", "Which limits hold?", answer, columns, rows)


def _words(value: Value) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {figure}" for key, figure in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value)
