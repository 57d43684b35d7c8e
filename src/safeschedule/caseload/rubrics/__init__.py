"""Acuity rubrics: items, weights and scores from which bands are proposed."""

from safeschedule.caseload.rubrics.items import (
    AcuityRubric,
    RubricAnswers,
    RubricBand,
    RubricItem,
    example_rubric,
    example_rubric_text,
    read_rubric,
    read_rubric_answers,
)
from safeschedule.caseload.rubrics.scoring import RubricProposal, RubricTerm, rubric_bands

__all__ = [
    "AcuityRubric",
    "RubricAnswers",
    "RubricBand",
    "RubricItem",
    "RubricProposal",
    "RubricTerm",
    "example_rubric",
    "example_rubric_text",
    "read_rubric",
    "read_rubric_answers",
    "rubric_bands",
]
