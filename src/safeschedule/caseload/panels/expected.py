"""What is known of the weeks ahead, beside what the problem says: discharges, and who starts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal, TextIO

from pydantic import Field

from safeschedule.errors import Fault, InputError
from safeschedule.problem import Clinician, Problem
from safeschedule.problem.clock import Day
from safeschedule.problem.entity import LONGEST, SHORT, Code, Entity, ShareValue
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.problem.taking import Many, usual

_QUARTERS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


class ExpectedDischarge(Entity):
    """A discharge that is agreed; from its date on, the client weighs nothing."""

    client: Code
    on: Day


class ExpectedStart(Entity):
    """Somebody who starts.

    Parameters
    ----------
    clinician
        As the clinician will stand in the problem.
    on
        The first date.
    ramp
        Shares of the caps in the first weeks; after them the whole. The default is an assumption.
    """

    clinician: Clinician
    on: Day
    ramp: Many[ShareValue] = Field(default=usual(_QUARTERS), max_length=SHORT)


class ExpectedChanges(Entity):
    """What is known of the weeks ahead.

    Examples
    --------
    >>> from safeschedule import ExpectedChanges
    >>> known = ExpectedChanges(discharges=[{"client": "P0", "on": "2026-10-12"}])
    >>> known.starts
    ()
    """

    schema_version: Literal["1"] = "1"
    discharges: tuple[ExpectedDischarge, ...] = Field(default=(), max_length=LONGEST)
    starts: tuple[ExpectedStart, ...] = Field(default=(), max_length=SHORT)


def expected_faults(problem: Problem, known: ExpectedChanges) -> Iterator[Fault]:
    """Yield what in known changes does not fit the problem."""
    clients = problem.by_code.clients
    for number, leaving in enumerate(known.discharges):
        place = f"discharges[{number}]"
        if leaving.client not in clients:
            expected = f"the code of a client{did_you_mean(leaving.client, list(clients))}"
            yield Fault("unknown_reference", f"{place}.client", show(leaving.client), expected)
        if leaving.on < problem.week_start:
            expected = f"{problem.week_start} or later"
            yield Fault("out_of_range", f"{place}.on", str(leaving.on), expected)
    there = set(problem.by_code.clinicians)
    for number, start in enumerate(known.starts):
        if start.clinician.id in there:
            place, expected = f"starts[{number}].clinician.id", "the code of somebody who is not there yet"
            yield Fault("duplicate_id", place, show(start.clinician.id), expected)
        there.add(start.clinician.id)


def read_expected(source: str | Path | TextIO) -> ExpectedChanges:
    """Return the known changes of a JSON file.

    Raises
    ------
    InputError
        The file cannot be read, or has faults; with all of them.

    Examples
    --------
    >>> from safeschedule import ExpectedChanges, read_expected
    >>> written = (folder / "known.json").write_text("{}", encoding="utf-8")
    >>> read_expected(folder / "known.json") == ExpectedChanges()
    True
    """
    text, what = read_text(source, "expected changes"), name_of(source, "expected changes")
    known, faults = validate(ExpectedChanges, text, parse_json(text, what))
    if known is None:
        raise InputError(what, faults)
    return known
