"""Scores of clients' answers, and the bands that they propose; a clinician confirms them or not (AB)."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.arguments import Arguments
from safeschedule.caseload.rubrics.faults import answer_faults, rubric_faults
from safeschedule.caseload.rubrics.items import AcuityRubric, RubricAnswers, RubricItem
from safeschedule.errors import ArgumentError
from safeschedule.problem import Problem
from safeschedule.returned import Returned


@dataclass(frozen=True)
class RubricTerm(Returned):
    """One addend of a score: the item's weight times the points of the answer."""

    item: str
    answer: str
    weight: int
    points: int
    score: int


@dataclass(frozen=True)
class RubricProposal(Returned):
    """The band that a client's answers propose; nothing is changed by it.

    Parameters
    ----------
    client, clinician
        The client, and the own clinician where there is one.
    band, proposed
        The band as it is, and the one that the score proposes.
    direction
        ``up``, ``down`` or ``same``.
    score
        The sum.
    terms
        Its addends, in the order of the rubric.
    sentence
        The same in words.
    """

    client: str
    clinician: str | None
    band: str
    proposed: str
    direction: str
    score: int
    terms: tuple[RubricTerm, ...]
    sentence: str


def rubric_bands(
    problem: Problem, rubric: AcuityRubric, answers: RubricAnswers
) -> tuple[RubricProposal, ...]:
    """Return the band that each client's answers propose, with the sum shown (AB: a short rubric).

    The score is the sum over the items of weight times the points of the answer. Proposed is the band with
    the highest score to begin with that is not over it. Nothing is changed: a step up or down is made by
    `confirm_bands`, by a clinician, with the next review date.

    Raises
    ------
    InputError
        The rubric does not fit the problem's bands, or answers are missing or unknown; with all faults.

    Examples
    --------
    >>> from safeschedule import RubricAnswers, example_rubric, rubric_bands
    >>> rubric = example_rubric()
    >>> least = {item.id: next(iter(item.answers)) for item in rubric.items}
    >>> (found,) = rubric_bands(problem, rubric, RubricAnswers(clients={"P0": least}))
    >>> found.score, found.proposed
    (0, 'low')
    """
    looked = (
        Arguments("rubric_bands").problem(problem).kind("rubric", rubric, AcuityRubric, "an AcuityRubric")
    )
    looked.kind("answers", answers, RubricAnswers, "RubricAnswers").done()
    faults = [*rubric_faults(problem, rubric), *answer_faults(problem, rubric, answers)]
    if faults:
        raise ArgumentError("acuity rubric and answers", faults)
    ranks = {band.id: band.rank for band in problem.bands}
    found = []
    for client in problem.clients:
        if client.id not in answers.clients:
            continue
        given = answers.clients[client.id]
        terms = tuple(_term(item, given[item.id]) for item in rubric.items)
        score = sum(term.score for term in terms)
        proposed = max((b for b in rubric.bands if b.from_score <= score), key=lambda b: b.from_score).band
        step = ranks[proposed] - ranks[client.band]
        direction = "up" if step > 0 else "down" if step < 0 else "same"
        found.append(
            RubricProposal(
                client=client.id,
                clinician=client.clinician,
                band=client.band,
                proposed=proposed,
                direction=direction,
                score=score,
                terms=terms,
                sentence=_sentence(rubric, terms, score, proposed),
            )
        )
    return tuple(found)


def _term(item: RubricItem, answer: str) -> RubricTerm:
    points = item.answers[answer]
    return RubricTerm(item.id, answer, item.weight, points, item.weight * points)


def _sentence(rubric: AcuityRubric, terms: tuple[RubricTerm, ...], score: int, proposed: str) -> str:
    added = " + ".join(f"{t.weight} × {t.points} ({t.item}: {t.answer})" for t in terms if t.score) or "0"
    least = next(band.from_score for band in rubric.bands if band.band == proposed)
    return f"{rubric.name} {rubric.version}: {added} = {score}; {proposed} from {least}."
