"""Steps of facts that give way as a whole, told with what became of them."""

from __future__ import annotations

from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.facts import covers
from safeschedule.explaining.repairs.repair import Step
from safeschedule.problem import BlockKind, Problem
from safeschedule.schedule import Schedule

Told = tuple[int, str, str]


def given_way(problem: Problem, condition: Condition, schedule: Schedule) -> Step:
    """Return the step of a fact of a problem that gives way, as a schedule makes use of it."""
    amount, unit, what = _TOLD[condition.kind](problem, condition, schedule)
    tier = "service" if condition.tier is None else condition.tier.value
    return Step(condition.kind, tier, condition.who, amount, unit, what)


def _pin(problem: Problem, condition: Condition, schedule: Schedule) -> Told:
    what = f"A pin is released: {condition.sentence[:-1]}"
    if condition.key[0] != "pinned_appointments":
        return 1, "pins", f"{what}."
    request = problem.pinned_appointments[int(condition.key[1])].request
    held = [a for a in schedule.appointments if a.request == request]
    if not held:
        return 1, "pins", f"{what}; no other place was found for it."
    places = words.listing([f"{words.at(a.start)} with {_whom(problem, a.clinicians[0])}" for a in held])
    return 1, "pins", f"{what}; there is a place on {places}."


def _whom(problem: Problem, code: str) -> str:
    return code if any(person.id == code for person in problem.clinicians) else "the additional clinician"


def _request(_problem: Problem, condition: Condition, _schedule: Schedule) -> Told:
    return 1, "requests", f"{condition.key[0]} is left out."


def _meeting(problem: Problem, condition: Condition, _schedule: Schedule) -> Told:
    number, person = condition.key
    meeting = problem.meetings[int(number)]
    what = f"{person} is excused from the meeting {meeting.id} on {words.at(meeting.start)}."
    return meeting.minutes, "minutes", what


def _times(_problem: Problem, condition: Condition, schedule: Schedule) -> Told:
    what, code = condition.key
    held = [
        a for a in schedule.appointments if (code in a.clients if what == "client" else a.request == code)
    ]
    when = f": {words.listing([words.at(a.start) for a in held])}" if held else ""
    return 1, "clients", f"{condition.who[0]} is asked to come at other times than stated{when}."


def _supervisor(_problem: Problem, condition: Condition, schedule: Schedule) -> Told:
    person, named = condition.who
    blocks = (b for b in schedule.blocks if b.kind is BlockKind.SUPERVISION and b.clinicians == (person,))
    who = next((b.supervisor for b in blocks), None) or "Somebody else"
    return 1, "clinicians", f"{who} supervises {person} this week instead of {named}."


def _cover(problem: Problem, condition: Condition, _schedule: Schedule) -> Told:
    person, named = condition.who
    return 1, "clinicians", f"{covers.instead(problem, person)} covers {person} this week instead of {named}."


def _group(_problem: Problem, condition: Condition, _schedule: Schedule) -> Told:
    code, what = condition.key
    if what == "slots":
        return 1, "groups", f"The group {code} meets at another time than its slots this week."
    return 1, "groups", f"The group {code} is led by {words.listing(condition.who)} this week."


_TOLD = {
    "pin": _pin,
    "request": _request,
    "meeting": _meeting,
    "times": _times,
    "supervisor": _supervisor,
    "cover": _cover,
    "group": _group,
}
