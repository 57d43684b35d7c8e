"""The capacity exception: the document for a week whose safe thresholds cannot be met (AB)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import ClassVar

from safeschedule.arguments import Arguments
from safeschedule.explaining.account import NOT_VERIFIED, NoSchedule
from safeschedule.ledger import ExceptionOpened
from safeschedule.problem import Problem
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.returned import Returned

_OPEN = "(to be filled in)"
_LONGEST = 10_000
"""Characters of a text in the ledger."""


@dataclass(frozen=True)
class CapacityException(Returned):
    """What cannot be met, by how much, what would mend it, and who sees to it.

    Parameters
    ----------
    problem
        The week that has no schedule.
    explanation
        Why, and the repairs.
    mitigation, recovery_plan, owner
        Written by people; empty until then. No repair is a decision before somebody takes it.
    review_on
        When it is looked at again, at the latest on the week's last date.

    Raises
    ------
    ArgumentError
        A part of it is of another kind.

    Examples
    --------
    >>> from safeschedule import CapacityException, NoSchedule
    >>> document = CapacityException(problem, NoSchedule(possible=False), owner="LEAD-1")
    >>> str(document).splitlines()[0]
    'CAPACITY EXCEPTION'
    """

    _derived: ClassVar[tuple[str, ...]] = (
        *("document", "service", "week_start"),
        *("problem_hash", "rulebook", "rulebook_hash"),
    )
    _in_files: ClassVar[tuple[str, ...]] = ("problem",)

    problem: Problem
    explanation: NoSchedule
    mitigation: str = ""
    recovery_plan: str = ""
    owner: str = ""
    review_on: date | None = None

    def __post_init__(self) -> None:
        looked = Arguments("CapacityException").problem(self.problem)
        looked.kind("explanation", self.explanation, NoSchedule, "a NoSchedule; see explain_no_schedule")
        for name in ("mitigation", "recovery_plan", "owner"):
            looked.text(name, getattr(self, name))
        looked.date("review_on", self.review_on).done()
        super().__post_init__()

    def opened(self, clinician: str | None = None) -> ExceptionOpened:
        """Return what the ledger keeps of it, once people have filled it in.

        Parameters
        ----------
        clinician
            Of whom it speaks; ``None``: the team.

        Raises
        ------
        ArgumentError
            Mitigation, recovery plan, owner or review date is still to be filled in; all are told.

        Examples
        --------
        >>> from datetime import date
        >>> from safeschedule import CapacityException, NoSchedule
        >>> filled = {"mitigation": "Two transfers", "recovery_plan": "Agency nurse", "owner": "LEAD-1"}
        >>> document = CapacityException(
        ...     problem, NoSchedule(possible=False), review_on=date(2026, 10, 9), **filled
        ... )
        >>> document.opened().kind
        'exception_opened'
        """
        looked = Arguments("CapacityException.opened")
        for name in ("mitigation", "recovery_plan", "owner", "review_on"):
            if not getattr(self, name):
                looked.fault("missing_argument", name, getattr(self, name), "what people have decided")
        looked.done()
        assert self.review_on is not None
        sentences = [finding.sentence for finding in self.explanation.breaches] or ["Not measured."]
        return ExceptionOpened(
            breach=" ".join(sentences)[:_LONGEST],
            mitigation=self.mitigation,
            recovery_plan=self.recovery_plan,
            owner=self.owner,
            review_on=self.review_on,
            clinician=clinician,
        )

    @property
    def document(self) -> str:
        """What the document is."""
        return "capacity exception"

    @property
    def service(self) -> str:
        """Whose week it is."""
        return self.problem.name

    @property
    def week_start(self) -> date:
        """The week's first date."""
        return self.problem.week_start

    @property
    def problem_hash(self) -> str:
        """The hash of the problem."""
        return problem_hash(self.problem)

    @property
    def rulebook(self) -> str:
        """Name and version of the rulebook."""
        return f"{self.problem.rulebook.name} {self.problem.rulebook.version}"

    @property
    def rulebook_hash(self) -> str:
        """The hash of the rulebook."""
        return rulebook_hash(self.problem.rulebook)

    @property
    def last_date(self) -> date:
        """The week's last date."""
        return self.problem.week_start + timedelta(days=6)

    def __str__(self) -> str:
        # What people have written may hold line ends and control characters.
        return "\n".join(_printable(line) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        found, book = self.explanation, self.problem.rulebook
        yield "CAPACITY EXCEPTION"
        yield f"Service: {self.problem.name}. Week: {self.problem.week_start} to {self.last_date}."
        yield f"Rulebook: {book.name} {book.version} ({rulebook_hash(book)[:12]})."
        yield ""
        yield "What cannot be met, and by how much, as far as was found"
        yield from _listed([finding.sentence for finding in found.breaches], "Not measured.")
        yield ""
        yield "Why (each set verified: impossible as a whole, possible without any one of them)"
        nothing = " ".join([NOT_VERIFIED, *found.failures])
        yield from _listed([" ".join(c.sentence for c in core) for core in found.clashes], nothing)
        yield ""
        yield "What would mend it (each applied, solved and verified; no safety rule is touched)"
        yield from _listed(
            [f"{repair.tier}: {repair}" for repair in found.repairs], "Nothing that was found."
        )
        if found.clashes:
            yield from found.notes
        yield ""
        yield f"Mitigation: {self.mitigation or _OPEN}"
        yield f"Recovery plan: {self.recovery_plan or _OPEN}"
        yield f"Owner: {self.owner or _OPEN}"
        yield f"To be reviewed on: {self.review_on or _OPEN}"


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in line)


def _listed(lines: list[str], nothing: str) -> Iterator[str]:
    for line in lines or [nothing]:
        yield from wrap(_printable(line), 100, initial_indent="  - ", subsequent_indent="    ")
