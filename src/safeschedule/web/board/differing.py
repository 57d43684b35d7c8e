"""How a proposed week differs from the present one, in sentences that somebody can say yes or no to."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule import Appointment, Diff, Schedule, differences


@dataclass(frozen=True)
class Different:
    """What would be different.

    Parameters
    ----------
    kept
        Sessions that stay.
    lines
        A word (moved, new, gone), who, what was and what would be.
    blocks
        Protected blocks that are others.
    """

    kept: int
    lines: tuple[tuple[str, str, str, str], ...]
    blocks: int


def different(before: Schedule, after: Schedule) -> Different:
    """Return how a schedule differs from another."""
    diff: Diff = differences(before, after)
    lines = [("moved", _who(m.before), _where(m.before), _where(m.after)) for m in diff.moved]
    lines += [("new", _who(a), "", _where(a)) for a in diff.added]
    lines += [("gone", _who(a), _where(a), "") for a in diff.dropped]
    return Different(len(diff.kept), tuple(lines), len(diff.blocks))


def _who(given: Appointment) -> str:
    return f"{given.group or ', '.join(given.clients)}, {given.session_type.replace('_', ' ')}"


def _where(given: Appointment) -> str:
    place = given.room or given.site or ("" if given.mode.value == "in_person" else "telehealth")
    parts = (f"{given.start:%a %H:%M}", " and ".join(given.clinicians), place)
    return ", ".join(part for part in parts if part)
