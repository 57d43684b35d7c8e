"""The free slots of a week, and which of them exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.schedule.serving import with_one_less
from safeschedule.suggesting.moving import amended
from safeschedule.suggesting.telling import rearranged, slot
from safeschedule.verifier import wording


@dataclass(frozen=True)
class FreeSlot(Returned):
    """A slot that may be booked as the week stands.

    Parameters
    ----------
    appointment
        The session as it would be.
    blocks
        What comes with it, all of it in free time: preparation, reset, recovery, documentation.
    """

    appointment: Appointment
    blocks: tuple[Block, ...] = ()

    def __str__(self) -> str:
        beside = "; ".join(rearranged((), self.blocks))
        return f"{slot(self.appointment)}{f' ({beside})' if beside else ''}"


class Why(StrEnum):
    """Why slots exclude each other."""

    TIME = "time"
    ROOM = "room"
    RULE = "rule"
    NOT_EXAMINED = "not_examined"


@dataclass(frozen=True)
class Exclusion(Returned):
    """Slots of which only one can be booked: any two of them exclude each other.

    Parameters
    ----------
    slots
        Their numbers; 0 is the first slot.
    why
        ``time``: the clinician cannot be in both; ``room``: they need the same last room; ``rule``: a rule
        stands against both together; ``not_examined``: the work has a limit, and they count as such.
    rules
        The rules against both together, by name.
    """

    slots: tuple[int, ...]
    why: Why
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class FreeSlots(Returned):
    """Every slot in which a session of a type may be booked, by clinician and time.

    Parameters
    ----------
    problem
        The problem, with the client and the request where these are new.
    schedule
        The week as it stands.
    session_type
        The type's code.
    request, client
        What a booking would serve, and for whom.
    assumed
        What is assumed of the client, in a sentence.
    slots
        The slots; each was judged by the verifier and breaks no hard rule that is kept now.
    exclusions
        Which of them exclude each other, when both are booked for clients like this one. For a client of the
        problem there are none: one session is to be booked.
    against
        By rule, how many of the free starts it stands against: a limit of the date or the week, else the rule
        that was found first.
    stopped
        Whether it was told to stop; there may be more slots then.

    Examples
    --------
    >>> from safeschedule import FreeSlots, free_slots
    >>> found = free_slots(problem, schedule, problem.session_types[0].id)
    >>> FreeSlots.from_dict(found.to_dict()) == found
    True
    """

    _in_files: ClassVar[tuple[str, ...]] = ("problem", "schedule")

    problem: Problem
    schedule: Schedule
    session_type: str
    request: str
    client: str
    assumed: str
    slots: tuple[FreeSlot, ...]
    exclusions: tuple[Exclusion, ...]
    against: dict[str, int]
    stopped: bool = False

    def booked(self, number: int) -> Schedule:
        """Return the schedule with one of the slots booked.

        Parameters
        ----------
        number
            The slot's number; 0 is the first.

        Raises
        ------
        ArgumentError
            There is no such slot.
        """
        if not 0 <= number < len(self.slots):
            expected = f"the number of a slot, from 0 to {len(self.slots) - 1}" if self.slots else "no slot"
            raise ArgumentError("booked", [Fault("out_of_range", "number", str(number), expected)])
        taken = self.slots[number]
        made = amended(self.schedule, [], [taken.appointment, *taken.blocks])
        return with_one_less(made, self.problem.by_code.requests[self.request])

    def excluded_by(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the slots that are gone once one is booked."""
        found = {other for each in self.exclusions if number in each.slots for other in each.slots}
        return tuple(sorted(found - {number}))

    def __str__(self) -> str:
        lines = [self.head()]
        for number, each in enumerate(self.slots):
            lines.append(f"{number + 1}. {each}")
        return "\n".join([*lines, *self.tail()])

    def head(self) -> str:
        """Return what was asked, and what is assumed."""
        week = wording.day_name(self.problem.week_start)
        count = wording.count(len(self.slots), "free slot")
        return f"{count} for {self.session_type} in the week of {week}. {self.assumed}"

    def tail(self) -> Iterator[str]:
        """Yield what is to be said after the slots."""
        if not self.slots:
            yield "No slot is free."
        if self.against:
            ranked = sorted(self.against.items(), key=lambda entry: (-entry[1], entry[0]))
            told = ", ".join(f"{name} ({times})" for name, times in ranked)
            yield f"Free starts refused, by rule: {told}."
        if self.stopped:
            yield "Stopped early: there may be more slots."
