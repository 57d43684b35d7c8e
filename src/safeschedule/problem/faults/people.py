"""Teams and supervisors that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import View
from safeschedule.problem.rulebook import RuleSetting
from safeschedule.problem.showing import show


def empty_team(view: View) -> Iterator[Fault]:
    """Find a team of nobody."""
    if not view.problem.clinicians:
        yield Fault("empty_team", "clinicians", "a list of 0 entries", "at least one clinician")


def own_supervisor(view: View) -> Iterator[Fault]:
    """Find clinicians who supervise or cover themselves."""
    for i, person in enumerate(view.problem.clinicians):
        if person.supervisor == person.id:
            place = f"clinicians[{i}].supervisor"
            yield Fault("own_supervisor", place, show(person.id), "another clinician, or none")
        if person.cover == person.id:
            yield Fault("own_cover", f"clinicians[{i}].cover", show(person.id), "another clinician, or none")


def not_a_supervisor(view: View) -> Iterator[Fault]:
    """Find named supervisors who may not supervise."""
    for i, person in enumerate(view.problem.clinicians):
        named = view.clinicians.get(person.supervisor or "")
        if named is not None and named.id != person.id and not named.is_supervisor:
            expected = "a clinician whose is_supervisor is true"
            yield Fault("not_a_supervisor", f"clinicians[{i}].supervisor", show(named.id), expected)


def no_supervisor(view: View) -> Iterator[Fault]:
    """Find a team without any supervisor, while consultation needs one."""
    team = view.problem.clinicians
    on = view.problem.rulebook.rules.get("consultation", RuleSetting()).enabled
    if on and len(team) > 1 and not any(person.is_supervisor for person in team):
        expected = "at least one clinician whose is_supervisor is true, or the rule consultation disabled"
        yield Fault("no_supervisor", "clinicians", f"none among {len(team)}", expected)


CHECKS = (empty_team, own_supervisor, not_a_supervisor, no_supervisor)
