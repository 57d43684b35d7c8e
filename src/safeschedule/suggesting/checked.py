"""What a manual move would break or cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeschedule.returned import Returned
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.suggesting.effects import Cost, Effects
from safeschedule.suggesting.metrics import Metric
from safeschedule.suggesting.telling import rearranged, slot, told, who
from safeschedule.verifier.finding import Excused, Finding


@dataclass(frozen=True)
class MoveCheck(Returned):
    """A move that was looked at and not made.

    Parameters
    ----------
    before, after
        The appointment as it is, and as it would be.
    blocks_gone, blocks_come
        Its preparation and recovery, which move along.
    schedule
        The schedule that the move would make.
    effects
        What changes, exactly as two verifications say it.
    broken_before
        The hard findings that the schedule has without the move; those that the move would mend included.
    excused
        What the move would break, and overrides in force excuse.

    Examples
    --------
    >>> from safeschedule import MoveCheck, check_move
    >>> check = check_move(problem, schedule, "R0")
    >>> MoveCheck.from_dict(check.to_dict()) == check
    True
    """

    _derived: ClassVar[tuple[str, ...]] = ("allowed",)
    _in_files: ClassVar[tuple[str, ...]] = ("schedule",)

    before: Appointment
    after: Appointment
    blocks_gone: tuple[Block, ...]
    blocks_come: tuple[Block, ...]
    schedule: Schedule
    effects: Effects
    broken_before: tuple[Finding, ...]
    excused: tuple[Excused, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the move breaks nothing that is kept now, but for what is excused."""
        return not self.breaks

    @property
    def breaks(self) -> tuple[Finding, ...]:
        """The hard findings that the move would bring and nothing excuses."""
        excused = {each.finding for each in self.excused}
        return tuple(finding for finding in self.effects.breaks if finding not in excused)

    @property
    def mends(self) -> tuple[Finding, ...]:
        """The hard findings that would go away."""
        return self.effects.mends

    @property
    def costs(self) -> tuple[Cost, ...]:
        """What each soft rule costs before and after."""
        return self.effects.costs

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Figures of the clinicians concerned, and of rooms."""
        return self.effects.metrics

    def sentences(self) -> list[str]:
        """Return the check in plain sentences."""
        lines = [f"{who(self.before)}: {slot(self.before)}.", f"To: {slot(self.after)}."]
        blocks = "; ".join(rearranged(self.blocks_gone, self.blocks_come))
        if blocks:
            lines.append(f"Moves along: {blocks}.")
        if self.allowed:
            lines.append(f"Breaks no {'other ' if self.excused else ''}rule that is kept now.")
        lines += map(str, self.excused)
        lines += [f"Would break {sentence}" for sentence in told(self.breaks)]
        lines += self.effects.sentences()
        if self.broken_before:
            count = len(self.broken_before)
            lines.append(f"Without the move there {'is' if count == 1 else 'are'} {count} broken already.")
        return lines

    def __str__(self) -> str:
        return "\n".join(self.sentences())
