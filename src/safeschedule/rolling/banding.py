"""The bands of a week: which are proposed, and which a roll takes as confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeschedule.caseload import BandChange, BandProposal, confirm_bands, proposed_bands
from safeschedule.caseload.rubrics import RubricProposal
from safeschedule.problem import Problem
from safeschedule.rolling.caseload import BandsTaken


@dataclass(frozen=True)
class BandReview:
    """A week after its bands were looked at.

    Parameters
    ----------
    problem
        The week, with the bands that were taken as confirmed.
    changed, proposed
        These, and those that wait for a clinician.
    """

    problem: Problem
    changed: tuple[BandChange, ...]
    proposed: tuple[BandProposal, ...]


def review_bands(problem: Problem, scored: Sequence[RubricProposal], taken: BandsTaken) -> BandReview:
    """Return a week after its bands were looked at, by flags, reviews and a rubric.

    Only clients of a caseload have somebody who could confirm their band.

    Parameters
    ----------
    problem
        The week.
    scored
        What a rubric proposes; where it proposes a band, that counts.
    taken
        Which proposals are taken as confirmed by the own clinicians, on the week's first date.
    """
    found = [each for each in _proposals(problem, scored) if each.clinician is not None]
    ranks = {band.id: band.rank for band in problem.bands}
    by: dict[str, dict[str, str]] = {}
    for each in found:
        up = ranks[each.proposed] > ranks[each.band]
        if taken is BandsTaken.ALL or (up and taken is BandsTaken.UP):
            by.setdefault(each.clinician or "", {})[each.client] = each.proposed
    changed: list[BandChange] = []
    made = problem
    for clinician, bands in by.items():
        made, records = confirm_bands(made, bands, clinician, problem.week_start, scored)
        changed += records
    done = {record.client for record in changed}
    return BandReview(made, tuple(changed), tuple(each for each in found if each.client not in done))


def _proposals(problem: Problem, scored: Sequence[RubricProposal]) -> Iterator[BandProposal]:
    clients = problem.by_code.clients
    by_score = {each.client: each for each in scored if each.client in clients}
    for proposal in proposed_bands(problem):
        if proposal.client not in by_score:
            yield proposal
    for each in by_score.values():
        client = clients[each.client]
        if client.band != each.proposed:
            yield BandProposal(client.id, client.clinician, client.band, each.proposed, each.sentence)
