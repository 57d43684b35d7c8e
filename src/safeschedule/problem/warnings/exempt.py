"""Who is exempt from a safety rule, and why: the rule says so, and nobody would notice.

The figures are those of the statements in the catalogue. Only what follows from the hours and the leave of
people is told; somebody who is away all week is not.
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


def _short(view: View, minutes: int) -> Iterator[tuple[int, str, int]]:
    """Yield number, code and longest piece of those at work who have no piece of so many minutes."""
    for number, person in enumerate(view.problem.clinicians):
        piece = longest_piece(view, person.id)
        if 0 < piece < minutes:
            yield number, person.id, piece


def _told(rule: str, number: int, piece: int, minutes: int, what: str) -> Fault:
    expected = (
        f"a working period with {minutes} minutes free of leave in one piece; without it the rule {rule} "
        f"asks for no {what}"
    )
    return Fault("exempt", f"clinicians[{number}].working", f"at most {piece} minutes", expected)


def from_consultation(view: View) -> Iterator[Fault]:
    """Find who is left out of the rule consultation: for want of time, or of a partner."""
    setting = _on(view, "consultation")
    if setting is None:
        return
    minutes = setting.whole("minutes")
    for number, _, piece in _short(view, minutes):
        yield _told("consultation", number, piece, minutes, "consultation")
    fit = [person for person in view.problem.clinicians if longest_piece(view, person.id) >= minutes]
    supervisors = [person for person in fit if person.is_supervisor]
    fitting = {person.id for person in fit}
    for number, person in enumerate(view.problem.clinicians):
        if person.id not in fitting:
            continue
        possible = fit if person.is_supervisor else supervisors
        if all(other.id == person.id for other in possible):
            expected = (
                f"a supervisor with {minutes} minutes in one piece; without one the rule consultation asks "
                "for none"
            )
            yield Fault("exempt", f"clinicians[{number}]", "no partner", expected)


def from_supervision(view: View) -> Iterator[Fault]:
    """Find who is new in post and left out of the rule supervision for want of time."""
    setting = _on(view, "supervision")
    if setting is None:
        return
    minutes = setting.whole("new_minutes")
    for number, code, piece in _short(view, minutes):
        if view.clinicians[code].new_in_post:
            yield _told("supervision", number, piece, minutes, "supervision of somebody new in post")


def from_debrief(view: View) -> Iterator[Fault]:
    """Find who is hit by an incident and left out of the rule debrief for want of time."""
    setting = _on(view, "debrief")
    if setting is None:
        return
    minutes = setting.whole("minutes")
    due = {code for entry in view.problem.incidents for code in {*entry.clinicians} - {*entry.debriefed}}
    for number, code, piece in _short(view, minutes):
        if code in due:
            yield _told("debrief", number, piece, minutes, "debrief")


def from_case_review(view: View) -> Iterator[Fault]:
    """Find teams whose case review is left out because hardly anybody has time for it."""
    setting = _on(view, "case_review")
    if setting is None:
        return
    minutes = setting.whole("minutes")
    teams: dict[str, list[str]] = {}
    for person in view.problem.clinicians:
        for team in dict.fromkeys(person.teams):
            teams.setdefault(team, []).append(person.id)
    for team, members in teams.items():
        pieces = [longest_piece(view, code) for code in members]
        at_work = sum(piece > 0 for piece in pieces)
        if at_work > 1 and sum(piece >= minutes for piece in pieces) < 2:
            expected = (
                f"two members with {minutes} minutes free of leave in one piece; without them the rule "
                "case_review asks for none"
            )
            yield Fault("exempt", "clinicians", f"team {team}", expected)


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


CHECKS: tuple[Check, ...] = (from_consultation, from_supervision, from_case_review, from_debrief, from_cover)
