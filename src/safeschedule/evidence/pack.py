"""The pack as data: sections, each a question with a sentence that answers it and a table behind that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.evidence.masking import Masking
from safeschedule.evidence.measured import measured
from safeschedule.evidence.model import acuity_tool, rulebook_limits
from safeschedule.evidence.oversight import concerns, exceptions, overrides, reviews, supervision
from safeschedule.evidence.section import EvidenceSection
from safeschedule.evidence.spikes import spikes
from safeschedule.ledger import LedgerEntry, LedgerHead
from safeschedule.problem import Problem, rulebook_hash
from safeschedule.returned import Returned

__all__ = ["EvidencePack", "EvidenceSection", "evidence_pack"]


@dataclass(frozen=True)
class EvidencePack(Returned):
    """What a commissioner is shown of a period.

    Parameters
    ----------
    service
        The problem's name.
    since, until
        The period's first and last date.
    rulebook, rulebook_hash
        Name and version of the rulebook, and its hash.
    entries
        How many entries the ledger has, those of other times included.
    head
        The ledger's head: whoever has it can prove later that nothing was changed.
    sections
        The questions, in their order.
    """

    service: str
    since: date
    until: date
    rulebook: str
    rulebook_hash: str
    entries: int
    head: LedgerHead | None
    sections: tuple[EvidenceSection, ...]

    def __str__(self) -> str:
        lines = [f"{self.service}, {self.since} to {self.until}: evidence from {self.entries} entries"]
        return "\n".join([*lines, *(f"{each.title}\n  {each.answer}" for each in self.sections)])


def evidence_pack(
    problem: Problem,
    entries: Sequence[LedgerEntry],
    since: date,
    until: date,
    *,
    actuals: Sequence[Actuals] | None = None,
) -> EvidencePack:
    """Return the evidence of a period: what commissioners ask (IG) and what an audit keeps (CD).

    Codes of clients and clinicians are replaced by numbers that mean nothing outside the pack, in texts as
    well; whoever decided is told by role. What was raised in the period is told with what came of it until
    its last date.

    Parameters
    ----------
    problem
        For the rulebook, the acuity bands and the service's name.
    entries
        Of a sound ledger; see `safeschedule.read_ledger`.
    since, until
        The first and the last date, in UTC.
    actuals
        Recorded weeks, for balanced measures and early warnings; ``None``: the pack speaks of none.

    Raises
    ------
    ArgumentError
        These are no problem, no entries or no period.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import evidence_pack
    >>> pack = evidence_pack(problem, [], date(2026, 7, 1), date(2026, 9, 30))
    >>> pack.sections[0].answer
    'Nothing was written down in this period.'
    """
    looked = Arguments("evidence_pack").problem(problem)
    looked.sequence("entries", entries, LedgerEntry, "entries of a ledger")
    looked.date("since", since, needed=True).date("until", until, needed=True).done()
    if actuals is not None:
        looked.sequence("actuals", actuals, Actuals, "an Actuals").done()
    if since > until:
        looked.fault("out_of_range", "since", since, f"a date not after {until}").done()
    written = tuple(entry for entry in entries if entry.at.date() <= until)
    told = (
        reviews(written, since),
        spikes(written, since),
        concerns(written, since),
        exceptions(written, since),
        overrides(written, since),
        supervision(written, since),
    )
    masking = Masking(problem, entries)
    # What follows is of the team and of rules: it names nobody.
    model = (acuity_tool(problem), rulebook_limits(problem))
    figures = () if actuals is None else tuple(measured(problem, actuals, since, until))
    book = problem.rulebook
    last = entries[-1] if entries else None
    return EvidencePack(
        service=problem.name,
        since=since,
        until=until,
        rulebook=f"{book.name} {book.version}",
        rulebook_hash=rulebook_hash(book),
        entries=len(entries),
        head=None if last is None else LedgerHead(last.number, last.hash),
        sections=(*map(masking.masked, told), *figures, *model),
    )
