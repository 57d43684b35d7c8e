"""A problem while a scenario changes it: what has become of it, and what was wrong or went with it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np

from safeschedule.errors import Fault
from safeschedule.problem import Problem, Request
from safeschedule.problem.showing import did_you_mean, show


class Making:
    """Where a scenario stands with one problem.

    Parameters
    ----------
    problem
        As it was given.
    seed
        Of everything that changes draw. Draws depend on the seed and on the kind of change alone, so that two
        scenarios that differ in a figure draw the same people (common random numbers).
    """

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.seed = problem, seed
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self.lost = 0
        """Sessions that were asked for, and that nobody can be asked for any more."""
        self.place = ""
        """Where the change that is made now stands in its scenario."""

    def update(self, **fields: Any) -> None:
        """Change some fields of the problem; its faults are looked at later."""
        self.problem = self.problem.model_copy(update=fields)

    def draws(self, what: str) -> np.random.Generator:
        """Return the random numbers of one kind of change."""
        return np.random.default_rng([self.seed, zlib.crc32(what.encode())])

    def note(self, text: str) -> None:
        """Tell of something that the change brought with it."""
        self.notes.append(f"{self.place}: {text}")

    def fault(self, code: str, field: str, value: object, expected: str) -> None:
        """Note something wrong in the change that is made now."""
        place = f"{self.place}.{field}" if field else self.place
        shown = show(value) if value is None or isinstance(value, str | int | float) else str(value)
        self.faults.append(Fault(code, place, shown, expected))

    def knows(self, field: str, codes: Iterable[str], known: Iterable[str], what: str) -> bool:
        """Return whether codes are all known; those that are not are faults."""
        there, sound = list(known), True
        for number, code in enumerate(codes):
            if code not in there:
                expected = f"the {what}{did_you_mean(code, there)}"
                self.fault("unknown_reference", f"{field}[{number}]", code, expected)
                sound = False
        return sound

    def knows_one(self, field: str, code: str | None, known: Iterable[str], what: str) -> bool:
        """Return whether a code is known, or none is given; one that is not is a fault."""
        there = list(known)
        if code is None or code in there:
            return True
        self.fault("unknown_reference", field, code, f"the {what}{did_you_mean(code, there)}")
        return False

    def drop_requests(self, gone: Iterable[Request], why: str) -> None:
        """Take requests out that can never be met any more; their sessions count as lost."""
        codes = {request.id for request in gone}
        if not codes:
            return
        there = [request for request in self.problem.requests if request.id in codes]
        sessions = sum(request.count for request in there)
        self.lost += sessions
        self.note(f"{len(there)} requests for {sessions} sessions are gone: {why}")
        self.update(
            requests=tuple(r for r in self.problem.requests if r.id not in codes),
            pinned_appointments=tuple(p for p in self.problem.pinned_appointments if p.request not in codes),
        )

    @property
    def codes(self) -> dict[str, Any]:
        """The clinicians by code."""
        return {person.id: person for person in self.problem.clinicians}

    def unused(self, code: str) -> str:
        """Return a code that nobody and nothing has yet: this one, or it with a number."""
        problem = self.problem
        lists = (problem.clinicians, problem.attendants, problem.clients, problem.groups, problem.rooms)
        taken = {entry.id for entries in lists for entry in entries}
        taken |= {request.id for request in (*problem.requests, *problem.upcoming)}
        taken |= {kind.id for kind in problem.session_types}
        names = (code[:74] if n == 0 else f"{code[:74]}+{n}" for n in range(len(taken) + 1))
        return next(name for name in names if name not in taken)
