"""The options of ``safeschedule roll`` about the caseload: waitlist, ledger, who comes and who goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.inputs import source

if TYPE_CHECKING:
    from safeschedule.caseload.panels import ExpectedChanges
    from safeschedule.ledger import LedgerEntry, Signatory, Statement
    from safeschedule.problem import Problem
    from safeschedule.rolling import RollCaseload

Waitlist = Annotated[
    bool, typer.Option("--waitlist", help="Intakes come from the waitlist, to whoever has most room.")
]
Rules = Annotated[
    str | None, typer.Option("--waitlist-rules", metavar="FILE", help="Triage classes of the service (JSON).")
]
Expected = Annotated[
    str | None, typer.Option("--expected", metavar="FILE", help="Who comes and who goes (JSON).")
]
Past = Annotated[
    Path | None,
    typer.Option(
        "--actuals", metavar="FOLDER", help="Draw referrals and discharges as these weeks have them."
    ),
]
HeededLedger = Annotated[
    str | None,
    typer.Option(
        "--ledger", metavar="FILE_OR_URL", help="The ledger whose decisions count in the weeks ahead."
    ),
]
Record = Annotated[
    str | None,
    typer.Option(
        "--record", metavar="ROLE:CODE", help="Write the weeks' decisions into --ledger, signed so."
    ),
]
Bands = Annotated[
    str, typer.Option(metavar="none|up|all", help="Which proposed bands are taken as confirmed.")
]


@dataclass(frozen=True)
class CaseloadOptions:
    """What the options say.

    Parameters
    ----------
    waitlist, rules, expected, actuals, ledger, record, bands
        As given.
    """

    waitlist: bool
    rules: str | None
    expected: str | None
    actuals: Path | None
    ledger: str | None
    record: str | None
    bands: str

    def check(self) -> None:
        """Refuse options that do not belong together."""
        from safeschedule.rolling import BandsTaken

        if self.bands not in list(BandsTaken):
            raise typer.BadParameter(f"expected one of {', '.join(BandsTaken)}", param_hint="--bands")
        if self.record is not None and self.ledger is None:
            raise typer.BadParameter("--record belongs to --ledger, into which is written")
        if self.record is not None and self.bands != BandsTaken.NONE:
            raise typer.BadParameter("--record and --bands: only a clinician confirms a band on record")
        if self.rules is not None and not self.waitlist:
            raise typer.BadParameter("--waitlist-rules belongs to --waitlist")

    @property
    def any(self) -> bool:
        """Whether the roll goes by anything beside the first week."""
        given = (self.expected, self.actuals, self.ledger)
        return self.waitlist or self.bands != "none" or any(each is not None for each in given)

    def read(self, problem: Problem, weeks: int, seed: int) -> RollCaseload | None:
        """Return what the roll goes by."""
        from safeschedule.caseload.waitlist import read_waitlist_rules
        from safeschedule.rolling import BandsTaken, RollCaseload

        if not self.any:
            return None
        rules = None if self.rules is None else read_waitlist_rules(source(self.rules))
        return RollCaseload(
            waitlist=self.waitlist,
            rules=rules,
            expected=self._expected(problem, weeks, seed),
            ledger=self._entries(),
            bands=BandsTaken(self.bands),
        )

    def _expected(self, problem: Problem, weeks: int, seed: int) -> ExpectedChanges | None:
        """Return what is known, and what is drawn of those of whom nothing is known."""
        from safeschedule.actuals import read_actuals_folder
        from safeschedule.caseload.panels import read_expected
        from safeschedule.caseload.waitlist import draw_expected_changes, read_waitlist_rules

        known = None if self.expected is None else read_expected(source(self.expected))
        if self.actuals is None:
            return known
        rules = None if self.rules is None else read_waitlist_rules(source(self.rules))
        drawn = draw_expected_changes(
            problem, read_actuals_folder(self.actuals), weeks, seed=seed, rules=rules
        )
        if known is None:
            return drawn
        leaving = {each.client for each in known.discharges}
        gone = tuple(each for each in drawn.discharges if each.client not in leaving)
        return known.model_copy(
            update={
                "discharges": (*known.discharges, *gone),
                "referrals": (*known.referrals, *drawn.referrals),
            }
        )

    def _entries(self) -> tuple[LedgerEntry, ...]:
        from safeschedule.ledger import read_ledger

        if self.ledger is None or (self.record is not None and self._is_new):
            return ()
        return read_ledger(self.ledger)

    @property
    def _is_new(self) -> bool:
        return self.ledger is not None and "://" not in self.ledger and not Path(self.ledger).exists()

    def write(self, decisions: tuple[Statement, ...], signed: Signatory) -> int:
        """Write decisions into the ledger, but for those that stand there already, and return how many."""
        from safeschedule.ledger import Ledger

        ledger = Ledger(self.ledger or "", create=True)
        there = {(entry.at, entry.content, entry.basis) for entry in ledger.entries()}
        new = [
            said.model_copy(update={"by": signed})
            for said in decisions
            if (said.at, said.content, said.basis) not in there
        ]
        return len(ledger.add(*new)) if new else 0
