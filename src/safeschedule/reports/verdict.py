"""The one sentence above a week: what a reader must know before looking at anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeschedule.catalogue import rules
from safeschedule.reports.unplaced import Unplaced
from safeschedule.reports.words import count
from safeschedule.verifier.finding import Verification

_MOST = 3
"""Pressing notices that are told above the week; all of them stand in their own part of the page."""


@dataclass(frozen=True)
class Headline:
    """What the page says first.

    Parameters
    ----------
    state
        ``ok``, ``look`` (every hard rule is kept, and yet somebody has to look) or ``bad``.
    title
        A few words.
    sentences
        What they rest on.
    """

    state: str
    title: str
    sentences: tuple[str, ...]


def verdict(verification: Verification, left_out: Sequence[Unplaced]) -> Headline:
    """Return the verdict; "compliant" is never all that is said where somebody has to act."""
    notes = tuple(_notes(verification, left_out))
    hard = [finding for finding in verification.findings if finding.hard]
    if hard:
        broken = len({finding.rule for finding in hard})
        found = f"{count(len(hard), 'finding')} against {count(broken, 'hard rule')}."
        return Headline("bad", "Not compliant", (found, *notes))
    if notes:
        but = " or excused" if verification.excused else ""
        return Headline("look", f"Every hard rule is kept{but}, but look at this", notes)
    rest = sum(line.entry.sessions for line in left_out)
    out = f" {count(rest, 'session')} left out, none of them urgent." if rest else ""
    return Headline("ok", "Compliant", (f"The verifier found every hard rule kept.{out}",))


def urgent_sessions(left_out: Sequence[Unplaced]) -> int:
    """Return how many sessions of urgent or high-acuity clients are left out."""
    return sum(line.entry.sessions for line in left_out if line.urgent)


def _notes(verification: Verification, left_out: Sequence[Unplaced]) -> list[str]:
    notes = []
    urgent = urgent_sessions(left_out)
    if urgent:
        notes.append(f"{count(urgent, 'session')} of urgent or high-acuity clients left out.")
    notes += (notice.text for notice in verification.pressing[:_MOST])
    more = len(verification.pressing) - _MOST
    if more > 0:
        notes.append(f"{count(more, 'more notice')} to act on, told below.")
    if verification.unchecked:
        loose = ", ".join(f"{rules()[each.rule].title} ({each.how})" for each in verification.unchecked)
        notes.append(f"Not enforced by this rulebook: {loose}.")
    notes += verification.exceptions
    return notes
