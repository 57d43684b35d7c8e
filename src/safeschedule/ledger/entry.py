"""Entries of the ledger: what is stated, and where it stands in the chain."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from safeschedule.arguments import Arguments
from safeschedule.ledger.contents import Content, Signatory
from safeschedule.ledger.contents.parts import Moment, Number, Said
from safeschedule.problem.entity import Entity, Prose
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.problem.problem import Problem
from safeschedule.schedule.hashing import schedule_hash
from safeschedule.schedule.provenance import Hash
from safeschedule.schedule.schedule import Schedule

NOTHING = "0" * 64
"""Stands in the first entry for the hash of the one before."""

Chained = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The hash of an entry."""


class Basis(Entity):
    """On what a decision rests, as far as there is any of it.

    Parameters
    ----------
    rulebook, rulebook_hash
        Name and version of the rulebook, and its hash.
    problem_hash, schedule_hash
        Of the week.
    solver, solver_package, seed
        What made the schedule.
    safeschedule
        The version of this package that made it.
    """

    rulebook: Prose = ""
    rulebook_hash: Hash = ""
    problem_hash: Hash = ""
    schedule_hash: Hash = ""
    solver: Prose = ""
    solver_package: Prose = ""
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1, strict=True)
    safeschedule: Prose = ""


class Statement(Entity):
    """What is to be written down.

    Parameters
    ----------
    at
        When it was decided, with its zone; kept in UTC, to the second.
    by
        Who decided.
    why
        For which reason. No names: it stays for ever.
    basis
        On what it rests; see `basis_of`.
    content
        What was decided.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from safeschedule import ConcernRaised, Signatory, Statement
    >>> said = Statement(
    ...     at=datetime(2026, 10, 5, 9, tzinfo=UTC),
    ...     by=Signatory(role="nurse", code="C2"),
    ...     why="Third week without a break",
    ...     content=ConcernRaised(concern="No break on Tuesdays"),
    ... )
    >>> said.content.kind
    'concern_raised'
    """

    at: Moment
    by: Signatory
    why: Said
    basis: Basis = Field(default_factory=Basis)
    content: Content


class LedgerEntry(Statement):
    """A statement as it stands in the chain.

    Parameters
    ----------
    number
        1 for the first, and so on without a gap.
    before
        The hash of the entry before; noughts in the first.
    hash
        The SHA-256 of all the rest as `canonical` JSON.
    """

    number: Number
    before: Chained
    hash: Chained

    def __str__(self) -> str:
        return f"{self.number} {self.at:%Y-%m-%d %H:%M} UTC {self.content.kind} by {self.by}: {self.why}"


def canonical(plain: Any) -> str:
    """Return plain data as canonical JSON (RFC 8785), which has one way to write each value.

    It is that for what entries hold: objects with ASCII keys, text, whole numbers, true, false. They hold no
    fractions, so that the RFC's rules for these are not needed.

    Examples
    --------
    >>> canonical({"why": "é", "number": 1})
    '{"number":1,"why":"é"}'
    """
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(body: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(body.encode()).hexdigest()


def plain(statement: Statement) -> dict[str, Any]:
    """Return a statement as plain data; what is not there is left out."""
    data = statement.model_dump(mode="json", exclude_none=True, exclude={"basis"})
    basis = statement.basis.model_dump(mode="json", exclude_defaults=True)
    return data | ({"basis": basis} if basis else {})


def basis_of(problem: Problem, schedule: Schedule | None = None) -> Basis:
    """Return what a decision about a week rests on: versions and hashes.

    Parameters
    ----------
    problem
        The week.
    schedule
        The schedule, where the decision is about one. Solver and seed are those of its provenance.

    Examples
    --------
    >>> from safeschedule import basis_of, problem_hash
    >>> basis_of(problem, schedule).problem_hash == problem_hash(problem)
    True
    """
    looked = Arguments("basis_of").problem(problem)
    if schedule is not None:
        looked.week(problem, schedule)
    looked.done()
    book = problem.rulebook
    known: dict[str, Any] = {
        "rulebook": f"{book.name} {book.version}",
        "rulebook_hash": rulebook_hash(book),
        "problem_hash": problem_hash(problem),
    }
    if schedule is not None:
        known["schedule_hash"] = schedule_hash(schedule)
    made = None if schedule is None else schedule.provenance
    if made is not None:
        known |= {
            "solver": made.solver,
            "solver_package": made.solver_package,
            "seed": made.seed,
            "safeschedule": made.safeschedule,
        }
    return Basis(**known)
