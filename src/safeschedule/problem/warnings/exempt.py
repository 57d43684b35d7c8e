"""Absences that no cover can take: the rule ``cover`` says so, and nobody would notice.

Duties of people that a week cannot ask for are told by the verifier's notices, not here.
"""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import Check, View
from safeschedule.problem.rulebook import Setting
from safeschedule.problem.warnings.starting import longest_piece


def _on(view: View, name: str) -> Setting | None:
    setting = view.problem.rulebook.setting(name)
    return setting if setting.enabled else None


def from_cover(view: View) -> Iterator[Fault]:
    """Find absences that the named cover cannot take."""
    setting = _on(view, "cover")
    if setting is None:
        return
    minutes = setting.whole("minutes")
    for number, person in enumerate(view.problem.clinicians):
        cover = view.clinicians.get(person.cover or "")
        if cover is None or not person.leave:
            continue
        if not cover.is_supervisor and cover.role != person.role:
            expected = "a supervisor, or somebody of the same role; without one the rule cover asks for none"
            yield Fault("exempt", f"clinicians[{number}].cover", cover.role, expected)
        elif longest_piece(view, cover.id) < minutes:
            expected = (
                f"somebody with {minutes} minutes in one piece; without them the rule cover asks for none"
            )
            yield Fault("exempt", f"clinicians[{number}].cover", cover.id, expected)


CHECKS: tuple[Check, ...] = (from_cover,)
