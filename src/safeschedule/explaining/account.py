"""What `safeschedule.explain_no_schedule` returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from safeschedule.explaining.clashes.condition import Core
from safeschedule.explaining.repairs.repair import Repair
from safeschedule.returned import Returned
from safeschedule.verifier.finding import Finding

NOT_VERIFIED = "No verified explanation was found."


@dataclass(frozen=True)
class NoSchedule(Returned):
    """Why a week has no schedule.

    Parameters
    ----------
    possible
        Whether it has one after all; ``None``: not decided in the time.
    clashes
        Smallest sets of rules and facts that cannot all hold: those first that share nothing. Each is
        impossible as a whole, proven by two configurations of the solver, and possible without any one of
        its members, shown by a schedule that the verifier accepts.
    repairs
        What would mend it, the cheapest first (preference, service, contract, then capacity that is
        missing); each was applied, solved and verified. Never a safety rule.
    breaches
        By how much the rules cannot be kept at least: what the verifier finds when those of the clashes
        (or, where that is not enough, all) are kept as far as they can be. A measurement, not a proposal.
    complete
        Whether no other clash is there; otherwise there may be more clashes, and cheaper repairs.
    ended
        Whether the time ended, or somebody stopped the search, before it was done.
    stopped
        Whether it was somebody who stopped it.
    failures
        Where no clash was verified: which step failed and what refused what, a sentence each.
    seconds
        Wall-clock seconds.
    solved
        How many models were solved for the clashes.

    Examples
    --------
    >>> from safeschedule import NoSchedule
    >>> print(NoSchedule(possible=True))
    There is a schedule that keeps all hard rules: plan the week.
    """

    _derived: ClassVar[tuple[str, ...]] = (
        "verified",
        "sentences",
    )

    possible: bool | None
    clashes: tuple[Core, ...] = ()
    repairs: tuple[Repair, ...] = ()
    breaches: tuple[Finding, ...] = ()
    complete: bool = True
    ended: bool = False
    stopped: bool = False
    failures: tuple[str, ...] = ()
    seconds: float = 0.0
    solved: int = 0

    @property
    def verified(self) -> bool:
        """Whether there is a clash that was proven."""
        return bool(self.clashes)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole in plain sentences."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.possible:
            yield "There is a schedule that keeps all hard rules: plan the week."
            return
        if self.possible is None:
            yield f"Whether any schedule keeps all hard rules was not decided. {self._why_ended}".strip()
            return
        yield "No schedule keeps all hard rules, even with every session left out that does not have to be."
        for number, core in enumerate(self.clashes, 1):
            yield f"{self.title(number)}: {' '.join(condition.sentence for condition in core)}"
        for number, repair in enumerate(self.repairs, 1):
            yield f"Repair {number} ({repair.tier}): {repair}"
        yield from self.notes

    def title(self, number: int) -> str:
        """Return what is said above a clash, counted from 1."""
        what = "these cannot all hold" if len(self.clashes[number - 1]) > 1 else "this cannot hold"
        return f"Clash {number}: {what}" if len(self.clashes) > 1 else f"{what[:1].upper()}{what[1:]}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is not known and why, in plain sentences."""
        found = []
        if not self.clashes:
            found += [NOT_VERIFIED, *self.failures]
        elif not self.repairs and not self.ended:
            found.append("No repair that leaves every safety rule as it is was found.")
        if self.clashes and not self.complete:
            found.append("There may be more clashes than these, and cheaper repairs.")
        return (*found, self._why_ended) if self.ended else tuple(found)

    @property
    def _why_ended(self) -> str:
        if not self.ended:
            return " ".join(self.failures)
        how = "You stopped the search" if self.stopped else "The time limit ended the search"
        return f"{how} before it was done."

    def __str__(self) -> str:
        return "\n".join(self.sentences)
