"""The one sentence above a week: what a reader must know before looking at anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeschedule.catalogue import Tier, rules
from safeschedule.problem import Problem
from safeschedule.reports.unplaced import Unplaced
from safeschedule.reports.words import count
from safeschedule.verifier.finding import Verification

_GUARDED = (Tier.PHYSICAL, Tier.SAFETY)


@dataclass(frozen=True)
class Verdict:
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


def verdict(problem: Problem, verification: Verification, left_out: Sequence[Unplaced]) -> Verdict:
    """Return the verdict; "compliant" is never all that is said of a week that leaves urgent clients out."""
    notes = tuple(_notes(problem, left_out))
    hard = [finding for finding in verification.findings if finding.hard]
    if hard:
        broken = len({finding.rule for finding in hard})
        found = f"{count(len(hard), 'finding')} against {count(broken, 'hard rule')}."
        return Verdict("bad", "Not compliant", (found, *notes))
    if notes:
        return Verdict("look", "Every hard rule is kept, but look at this", notes)
    rest = sum(line.entry.sessions for line in left_out)
    out = f" {count(rest, 'session')} left out, none of them urgent." if rest else ""
    return Verdict("ok", "Compliant", (f"The verifier found every hard rule kept.{out}",))


def _notes(problem: Problem, left_out: Sequence[Unplaced]) -> list[str]:
    notes = []
    urgent = [line for line in left_out if line.urgent]
    if urgent:
        sessions = sum(line.entry.sessions for line in urgent)
        notes.append(f"{count(sessions, 'session')} of urgent or high-acuity clients left out.")
    loose = not_enforced(problem)
    if loose:
        notes.append(f"Not enforced by this rulebook: {', '.join(loose)}.")
    return notes


def not_enforced(problem: Problem) -> list[str]:
    """Return the titles of the physical and safety rules that the rulebook switches off or makes soft.

    The catalogue's own tier and hardness count, so that no rulebook can rename a safety rule away.
    """
    return [
        f"{setting.rule.title} ({'off' if not setting.enabled else 'soft'})"
        for setting in map(problem.rulebook.setting, rules())
        if setting.rule.tier in _GUARDED and setting.rule.hard and not (setting.enabled and setting.hard)
    ]
