"""What is found in a file beside its problem: faults, and what was read in another way than it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from safeschedule.errors import Fault
from safeschedule.folding import ranges
from safeschedule.problem.showing import show

_NUMBER = re.compile(r"(?<=\[)\d+(?=\])|(?<=line )\d+")


@dataclass
class FhirNotes:
    """Faults and notes, as they are found.

    Parameters
    ----------
    faults
        In the order in which they were found.
    notes
        The places by what was meant there.
    """

    faults: list[Fault] = field(default_factory=list)
    notes: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def fault(self, code: str, place: str, value: object, expected: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, place, "" if value is None else show(value), expected))

    def note(self, place: str, meant: str) -> None:
        """Note that something is not read as it is written."""
        self.notes.setdefault((_NUMBER.sub("#", place), meant), []).append(place)

    def lines(self) -> list[str]:
        """Return the notes in lines: places that differ in their first number together."""
        return [_line(places, meant) for (_, meant), places in self.notes.items()]


def _line(places: list[str], meant: str) -> str:
    numbers = [int(match[0]) for place in places if (match := _NUMBER.search(place))]
    first = places[0] if len(set(places)) == 1 else _NUMBER.sub(ranges(numbers), places[0], count=1)
    return f"{first}: {meant}"
