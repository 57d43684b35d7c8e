"""The capacity exception: the document for a week whose safe thresholds cannot be met (AB)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

from safeschedule.explaining.no_schedule import NOT_VERIFIED, NoSchedule
from safeschedule.problem import Problem
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.serialisation import plain

_OPEN = "(to be filled in)"


@dataclass(frozen=True)
class CapacityException:
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
    """

    problem: Problem
    explanation: NoSchedule
    mitigation: str = ""
    recovery_plan: str = ""
    owner: str = ""
    review_on: date | None = None

    @property
    def last_date(self) -> date:
        """The week's last date."""
        return self.problem.week_start + timedelta(days=6)

    def as_dict(self) -> dict[str, Any]:
        """Return the document as plain data."""
        found = self.explanation
        return {
            "document": "capacity exception",
            "problem": self.problem.name,
            "week_start": str(self.problem.week_start),
            "problem_hash": problem_hash(self.problem),
            "rulebook": f"{self.problem.rulebook.name} {self.problem.rulebook.version}",
            "rulebook_hash": rulebook_hash(self.problem.rulebook),
            "verified": bool(found.clashes),
            "complete": found.complete,
            "breached": [plain(finding) for finding in found.breaches],
            "clashes": [[condition.as_dict() for condition in core] for core in found.clashes],
            "repairs": [repair.as_dict() for repair in found.repairs],
            "mitigation": self.mitigation,
            "recovery_plan": self.recovery_plan,
            "owner": self.owner,
            "review_on": None if self.review_on is None else str(self.review_on),
        }

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
        yield from _listed([" ".join(c.sentence for c in core) for core in found.clashes], NOT_VERIFIED)
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
