"""What planning again found: the new schedule, how it differs, and who must be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from safeschedule.problem import Problem
from safeschedule.replanning.reached import Reached
from safeschedule.replanning.telling import Notice, moved_sentence
from safeschedule.returned import Returned
from safeschedule.schedule import Appointment, BlockChange, Diff, LeftOut, Moved, Schedule
from safeschedule.verifier.finding import Verification
from safeschedule.verifier.notice import WeekNotice

_SHOWN = 20
"""Codes that are told in a list."""


class Outcome(StrEnum):
    """How planning again ended.

    ``best``: no plan of the last stage is better. ``feasible``: the time ended before that was known.
    ``impossible``: even the last stage, which lets everything move, has no schedule that keeps the hard
    rules. ``unknown``: none was found in the time, or in the stages that the budget allows.
    """

    BEST = "best"
    FEASIBLE = "feasible"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Dropped:
    """An appointment that the new schedule does not have, and why."""

    appointment: Appointment
    reason: str


@dataclass(frozen=True)
class Worse:
    """A soft rule that costs more than before: its penalty then and now."""

    rule: str
    tier: str
    before: int
    after: int


@dataclass(frozen=True)
class Replan(Returned):
    """The outcome of planning again.

    Parameters
    ----------
    outcome
        How it ended; ``best`` and ``feasible`` come with a schedule, the others without.
    problem
        The changed problem, for which the schedule is.
    schedule
        The new schedule, accepted by the verifier; ``None`` when there is none.
    diff
        How it differs from the old one.
    dropped
        The appointments that it does not have any more, each with a reason.
    left_out
        New requests that found no place, each with a reason.
    still_left_out
        What the old schedule left out and the new one leaves out as well, each with the reason it had.
    tell
        Who must be told, who must know first at the head.
    disturbed
        Codes of the people beyond those hit by the changes whose sessions or joint blocks are others now.
    goals
        What each goal came to, in the order in which they count.
    stage
        How much of the week was let move: the name of the last stage.
    worse
        Soft rules that cost more than before.
    notes
        Plain sentences: on what was done about the changes, and without a schedule about why, and what helps.
    verification
        The verifier's account of the new schedule.
    seconds
        Wall-clock seconds by phase, with ``total``.
    interrupted
        Whether it was stopped from outside.
    """

    _derived: ClassVar[tuple[str, ...]] = (
        "verified",
        "notices",
        "kept",
        "moved",
        "added",
        "blocks",
    )
    _in_files: ClassVar[tuple[str, ...]] = (
        "problem",
        "schedule",
        "verification",
        "diff",
    )

    outcome: Outcome
    problem: Problem
    schedule: Schedule | None
    diff: Diff | None
    dropped: tuple[Dropped, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    tell: tuple[Notice, ...] = ()
    disturbed: tuple[str, ...] = ()
    goals: tuple[Reached, ...] = ()
    stage: str = ""
    worse: tuple[Worse, ...] = ()
    notes: tuple[str, ...] = ()
    verification: Verification | None = None
    seconds: Mapping[str, float] | None = None
    interrupted: bool = False
    still_left_out: tuple[LeftOut, ...] = ()

    @property
    def kept(self) -> int:
        """How many appointments are as they were."""
        return 0 if self.diff is None else len(self.diff.kept)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Appointments at another time or place, or with other people."""
        return () if self.diff is None else self.diff.moved

    @property
    def added(self) -> tuple[Appointment, ...]:
        """Appointments that are new."""
        return () if self.diff is None else self.diff.added

    @property
    def blocks(self) -> tuple[BlockChange, ...]:
        """Blocks that are not the same."""
        return () if self.diff is None else self.diff.blocks

    @property
    def still(self) -> str:
        """What is left out as before, in a few words; empty when nothing is."""
        if not self.still_left_out:
            return ""
        sessions = sum(entry.sessions for entry in self.still_left_out)
        codes = [entry.request for entry in self.still_left_out]
        more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
        count = f"{sessions} session{'' if sessions == 1 else 's'}"
        return f"{count}, as before: {', '.join(codes[:_SHOWN])}{more}"

    @property
    def notices(self) -> tuple[WeekNotice, ...]:
        """What the verifier tells of the new schedule that breaks no rule, pressing notices first."""
        return () if self.verification is None else self.verification.notices

    @property
    def verified(self) -> bool:
        """Whether there is a schedule and the verifier accepts it."""
        return self.verification is not None and self.verification.compliant

    def __str__(self) -> str:
        lines = [f"outcome    {self.outcome}{' (interrupted)' if self.interrupted else ''}"]
        if self.diff is not None:
            diff = self.diff
            lines.append(
                f"sessions   {len(diff.kept)} kept, {len(diff.moved)} moved, {len(diff.dropped)} dropped, "
                f"{len(diff.added)} added"
            )
            others = sum("clinician" in pair.changed for pair in diff.moved)
            if others:
                lines.append(f"clinician  another one in {others} of the sessions moved")
            lines.append(f"blocks     {len(diff.blocks)} changed")
            lines += [f"  moved    {moved_sentence(pair)}" for pair in diff.moved]
            lines += [f"  dropped  {_named(d.appointment)}: {d.reason}" for d in self.dropped]
            lines += [f"  added    {_named(a)}" for a in diff.added]
            lines.append(
                f"tell       {len(self.tell)} people; {len(self.disturbed)} disturbed whom no change hits"
            )
            lines.append(f"verified   {'yes' if self.verified else 'no'}")
            if self.still_left_out:
                lines.append(f"left out   still {self.still}")
            lines += (notice.text for notice in self.notices if notice.pressing)
        lines += self.notes
        lines.append(f"seconds    {(self.seconds or {}).get('total', 0):.1f}")
        return "\n".join(lines)


def _named(appointment: Appointment) -> str:
    whose = appointment.group or ", ".join(appointment.clients)
    people = " and ".join(appointment.clinicians)
    return f"{appointment.session_type} of {whose} with {people}, {appointment.start:%A %H:%M}"


__all__ = ["BlockChange", "Dropped", "Outcome", "Replan", "Worse"]
