"""Changes of acuity bands: proposed from flags and reviews, and made only when a clinician confirms them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from safeschedule.arguments import Arguments
from safeschedule.caseload.contacts import due_contacts, due_reviews
from safeschedule.caseload.rubrics import RubricProposal
from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import AcuityBand, Client, Flag, Problem
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.returned import Returned

OWN_JUDGMENT = "Not proposed: the clinician's own judgment."
"""The reason on record of a change that nothing in the problem asks for."""


@dataclass(frozen=True)
class BandProposal(Returned):
    """Another band that a client's flags ask for; nothing is changed by it.

    Parameters
    ----------
    client, clinician
        The client, and the own clinician where there is one.
    band, proposed
        The band as it is, and the one asked for: one higher or one lower.
    reason
        Why, in one sentence.
    """

    client: str
    clinician: str | None
    band: str
    proposed: str
    reason: str


@dataclass(frozen=True)
class BandChange(Returned):
    """The record of a confirmed band.

    Parameters
    ----------
    client
        Whose band.
    before, after
        The band until then, and from then on; equal where the band was confirmed as it is.
    by, on
        The clinician who confirmed it, and the date.
    reason
        That of the proposal, or `OWN_JUDGMENT`.
    """

    client: str
    before: str
    after: str
    by: str
    on: date
    reason: str


def proposed_bands(problem: Problem) -> tuple[BandProposal, ...]:
    """Return the bands that clients' flags ask for where they are not those that the clients have.

    One band up, when the client carries a flag of its band's escalation (AB: escalation rule). One band
    down, when a review is due on or before the week's last date, the client carries no flag with which
    the lower band would escalate, and no contact is overdue: who has not been seen as often as the band
    asks cannot be judged to need less (AB: step down at reviews; this form of it is an assumption).

    Returns
    -------
    tuple of BandProposal
        Upward ones first, each in the order of the problem's clients.

    Examples
    --------
    >>> from safeschedule import proposed_bands
    >>> [proposal.client for proposal in proposed_bands(problem)]
    []
    """
    Arguments("proposed_bands").problem(problem).done()
    reviews = {due.client: due.due for due in due_reviews(problem)}
    unseen = {due.client for due in due_contacts(problem) if due.overdue}
    bands = sorted(problem.bands, key=lambda band: band.rank)
    higher = {low.id: high for low, high in pairwise(bands)}
    lower = {high.id: low for low, high in pairwise(bands)}
    own = {band.id: band for band in bands}
    up, down = [], []
    for client in problem.clients:
        asked = _carried(client, own[client.band])
        if client.band in higher and asked:
            reason = f"Carries {_listing(asked)}, with which {client.band} escalates."
            up.append(BandProposal(client.id, client.clinician, client.band, higher[client.band].id, reason))
        elif not asked and client.band in lower and client.id in reviews and client.id not in unseen:
            below = lower[client.band]
            if not _carried(client, below):
                due = f"Review due {reviews[client.id]}"
                reason = f"{due}, and no flag with which {below.id} escalates."
                down.append(BandProposal(client.id, client.clinician, client.band, below.id, reason))
    return (*up, *down)


def confirm_bands(
    problem: Problem,
    confirmed: Mapping[str, str],
    by: str,
    on: date,
    scored: Sequence[RubricProposal] = (),
) -> tuple[Problem, tuple[BandChange, ...]]:
    """Return the problem with confirmed bands, and a record of each.

    Nothing else changes a band. The band may be any of the problem's, proposed or not, also the one that
    the client has. The next review is then due after the band's review days, counted from `on`.

    Parameters
    ----------
    confirmed
        Bands by client.
    by
        The clinician who confirms them.
    on
        The date of it.
    scored
        What a rubric proposes (see `rubric_bands`): it is the reason on record where its band is confirmed.

    Raises
    ------
    InputError
        A client, a band or the clinician is not in the problem; all faults are told.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import confirm_bands
    >>> after, records = confirm_bands(problem, {"P0": "moderate"}, by="C0", on=date(2026, 10, 5))
    >>> records[0].before, records[0].after
    ('high', 'moderate')
    """
    Arguments("confirm_bands").problem(problem).kind("confirmed", confirmed, Mapping, "bands by client").text(
        "by", by
    ).date("on", on, needed=True).sequence("scored", scored, RubricProposal, "RubricProposals").done()
    faults = list(_faults(problem, confirmed, by))
    if faults:
        raise ArgumentError("bands to confirm", faults)
    reasons = {(entry.client, entry.proposed): entry.reason for entry in proposed_bands(problem)}
    for each in scored:
        asked = reasons.get((each.client, each.proposed), "")
        reasons[each.client, each.proposed] = f"{asked} {each.sentence}".strip()
    bands = problem.by_code.bands
    clients, records = [], []
    for client in problem.clients:
        if client.id in confirmed:
            band = bands[confirmed[client.id]]
            reason = reasons.get((client.id, band.id), OWN_JUDGMENT)
            records.append(BandChange(client.id, client.band, band.id, by, on, reason))
            due = on + timedelta(days=band.review_days)
            clients.append(client.model_copy(update={"band": band.id, "next_review": due}))
        else:
            clients.append(client)
    return problem.model_copy(update={"clients": tuple(clients)}), tuple(records)


def _carried(client: Client, band: AcuityBand) -> tuple[Flag, ...]:
    return tuple(flag for flag in dict.fromkeys(client.flags) if flag in band.escalation)


def _listing(flags: Iterable[Flag]) -> str:
    return " and ".join(f"the flag {flag}" for flag in flags)


def _faults(problem: Problem, confirmed: Mapping[str, str], by: str) -> Iterator[Fault]:
    clients = {client.id for client in problem.clients}
    bands, team = [band.id for band in problem.bands], [person.id for person in problem.clinicians]
    for client, band in confirmed.items():
        place = f"confirmed {show(client)[1:-1]}"
        if client not in clients:
            expected = f"the id of a client{did_you_mean(client, sorted(clients))}"
            yield Fault("unknown_reference", place, show(client), expected)
        if band not in bands:
            expected = f"one of the bands {', '.join(bands)}{did_you_mean(band, bands)}"
            yield Fault("unknown_reference", place, show(band), expected)
    if by not in team:
        expected = f"the id of a clinician{did_you_mean(by, team)}"
        yield Fault("unknown_reference", "by", show(by), expected)
