"""What a roll goes by beside the first week: the waitlist, the ledger, and what is known of later weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safeschedule.arguments import Arguments
from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.caseload.panels.expected import expected_faults
from safeschedule.caseload.rubrics import RubricProposal
from safeschedule.caseload.waitlist import WaitlistRules
from safeschedule.caseload.waitlist.rules import rules_faults
from safeschedule.errors import ArgumentError, Fault
from safeschedule.ledger import LedgerEntry
from safeschedule.problem import Kind, Problem
from safeschedule.returned import Returned


class BandsTaken(StrEnum):
    """Which proposed bands a roll takes as confirmed; whoever reads its figures has to know."""

    NONE = "none"
    UP = "up"
    ALL = "all"


@dataclass(frozen=True)
class RollCaseload(Returned):
    """What a roll goes by beside the first week.

    Parameters
    ----------
    waitlist
        Whether clients of nobody's caseload come from the waitlist by routing: in its order, to whoever has
        most room under the caps. Otherwise the plan of each week decides who of them is seen by whom.
    rules
        Triage classes of the service; ``None``: the defaults.
    expected
        Who comes and who goes; see `draw_expected_changes`.
    ledger
        The entries of a ledger: overrides and restricted intakes count in the weeks in which they are in
        force, and bands, caps and transfers that were decided for a date inside the roll, from that date on.
    scored
        What a rubric proposes of the first week's clients; see `rubric_bands`.
    bands
        Which proposed bands are taken as confirmed by the own clinicians. By itself none is: the weeks tell
        how many wait for a confirmation.

    Examples
    --------
    >>> from safeschedule import RollCaseload
    >>> RollCaseload().bands
    <BandsTaken.NONE: 'none'>
    """

    waitlist: bool = True
    rules: WaitlistRules | None = None
    expected: ExpectedChanges | None = None
    ledger: tuple[LedgerEntry, ...] = ()
    scored: tuple[RubricProposal, ...] = ()
    bands: BandsTaken = BandsTaken.NONE


def look_at(looked: Arguments, given: object) -> None:
    """Look whether arguments of a roll's caseload are of the right kinds."""
    if given is None:
        return
    looked.kind("caseload", given, RollCaseload, "a RollCaseload, or None")
    if isinstance(given, RollCaseload):
        entries: Sequence[object] = given.ledger
        looked.flag("caseload.waitlist", given.waitlist)
        looked.kind("caseload.rules", given.rules, (WaitlistRules, type(None)), "a WaitlistRules, or None")
        looked.kind(
            "caseload.expected", given.expected, (ExpectedChanges, type(None)), "an ExpectedChanges, or None"
        )
        looked.sequence("caseload.ledger", entries, LedgerEntry, "entries of a ledger; see read_ledger")
        looked.sequence("caseload.scored", given.scored, RubricProposal, "RubricProposals")
        looked.choice("caseload.bands", given.bands, list(BandsTaken))


def require_fitting(problem: Problem, given: RollCaseload) -> None:
    """Look whether what a roll goes by fits its first week.

    Raises
    ------
    ArgumentError
        It does not; with all faults.
    """
    faults = list(_faults(problem, given))
    if faults:
        raise ArgumentError("caseload of a roll", faults)


def _faults(problem: Problem, given: RollCaseload) -> Iterator[Fault]:
    expected = given.expected or ExpectedChanges()
    yield from expected_faults(problem, expected)
    yield from rules_faults(given.rules or WaitlistRules())
    if not given.waitlist or any(kind.kind is Kind.INTAKE for kind in problem.session_types):
        return
    # Whoever asks for nothing gets a first session, and that has to be of some type.
    told = "a request for the first session: the problem has no session type of the kind intake"
    asking = {request.client for request in (*problem.requests, *problem.upcoming)}
    for number, client in enumerate(problem.clients):
        if client.clinician is None and client.id not in asking:
            yield Fault("missing_argument", f"clients[{number}]", client.id, told)
    for number, coming in enumerate(expected.referrals):
        if coming.request is None:
            yield Fault("missing_argument", f"referrals[{number}].request", "none", told)
