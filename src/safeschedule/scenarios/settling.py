"""What no longer fits after a change: it is taken out, and told.

A change of hours leaves pins outside of them, a smaller team sessions that nobody is there long enough for.
What is to become of each such leftover is decided here once, by the code of the fault that it would be.
Faults that have no way out here are those of the change itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from safeschedule.errors import Fault
from safeschedule.problem import Problem, faults
from safeschedule.problem.pins import PINS
from safeschedule.scenarios.making import Making

_PLACE = re.compile(r"([a-z_]+)\[(\d+)\]")
_MOST = 20
"""Rounds: each takes out all that has a way out, and what is left may have others."""

_UNPIN = frozenset(
    {
        "pin_outside_hours",
        "pin_in_telehealth_hours",
        "pin_in_leave",
        "pin_in_meeting",
        "pin_of_group",
        "pin_unattended",
        "pins_overlap",
        "mode_not_allowed",
        "room_unfit",
        "too_many_pins",
        "outside_week",
        "off_grid",
        "unknown_reference",
    }
)
"""Codes with which a pin goes."""

_UNASK = frozenset(
    {"needs_group", "joint_clinicians", "joint_size", "unknown_reference", "not_a_member", "group_type"}
)
"""Codes with which a request goes: nobody could be asked for it any more."""


def settle(making: Making) -> None:
    """Take out what no longer fits, until nothing is left that has a way out."""
    for _ in range(_MOST):
        found = faults.find(making.problem)
        if not any([_pins(making, found), _too_long(making, found), _requests(making, found)]):
            return


def _numbers(found: Iterable[Fault], name: str, codes: frozenset[str]) -> set[int]:
    """Return which entries of a list have a fault of these codes."""
    places = (_PLACE.match(fault.place) for fault in found if fault.code in codes)
    return {int(place[2]) for place in places if place is not None and place[1] == name}


def _pins(making: Making, found: tuple[Fault, ...]) -> bool:
    gone = 0
    for name in PINS:
        entries, numbers = getattr(making.problem, name), _numbers(found, name, _UNPIN)
        if name == "pinned_groups" and any(f.code == "too_many_pins" and f.place == name for f in found):
            numbers |= set(_beyond(making.problem))
        if numbers:
            kept = tuple(entry for number, entry in enumerate(entries) if number not in numbers)
            making.update(**{name: kept})
            gone += len(numbers)
    if gone:
        making.note(f"{gone} pins no longer fit and are gone")
    return gone > 0


def _beyond(problem: Problem) -> Iterable[int]:
    """Yield the pins of groups beyond the number of their sessions."""
    left = {group.id: group.sessions for group in problem.groups}
    for number, pin in enumerate(problem.pinned_groups):
        left[pin.group] = left.get(pin.group, 0) - 1
        if left[pin.group] < 0:
            yield number


def _too_long(making: Making, found: tuple[Fault, ...]) -> bool:
    numbers = _numbers(found, "session_types", frozenset({"session_too_long"}))
    if not numbers:
        return False
    gone = {making.problem.session_types[number].id for number in numbers}
    without_types(making, gone, "no working period is as long as their sessions")
    return True


def _requests(making: Making, found: tuple[Fault, ...]) -> bool:
    problem = making.problem
    numbers = _numbers(found, "requests", _UNASK)
    later = _numbers(found, "upcoming", _UNASK | {"joint_field", "joint_mode"})
    making.drop_requests((problem.requests[n] for n in numbers), "nobody is left to be asked for them")
    if later:
        kept = tuple(r for number, r in enumerate(problem.upcoming) if number not in later)
        making.update(upcoming=kept)
        making.note(f"{len(later)} requests of later weeks are gone: nobody is left to be asked for them")
    return bool(numbers or later)


def without_types(making: Making, gone: set[str], why: str) -> None:
    """Take session types out, with all that is of them."""
    problem = making.problem
    groups = {group.id for group in problem.groups if group.session_type in gone}
    without_groups(making, groups, why)
    problem = making.problem
    making.drop_requests((r for r in problem.requests if r.session_type in gone), why)
    bands = []
    for band in making.problem.bands:
        none = {name: None for name in ("contact_type", "review_type") if getattr(band, name) in gone}
        bands.append(band.model_copy(update=none) if none else band)
    making.update(
        session_types=tuple(kind for kind in problem.session_types if kind.id not in gone),
        upcoming=tuple(r for r in making.problem.upcoming if r.session_type not in gone),
        bands=tuple(bands),
    )
    making.note(f"session types are gone: {', '.join(sorted(gone))}")


def without_groups(making: Making, gone: set[str], why: str) -> None:
    """Take groups out, with what is asked of them and their pins."""
    if not gone:
        return
    problem = making.problem
    making.drop_requests((r for r in problem.requests if r.group in gone), why)
    making.update(
        groups=tuple(group for group in problem.groups if group.id not in gone),
        upcoming=tuple(r for r in problem.upcoming if r.group not in gone),
        pinned_groups=tuple(pin for pin in problem.pinned_groups if pin.group not in gone),
    )


def left(making: Making) -> tuple[Fault, ...]:
    """Return the faults that have no way out, as those of the change that was made last."""
    found = faults.find(making.problem)
    told = partial(Fault, of=making.place)
    return tuple(told(f.code, f.place, f.value, f.expected) for f in found)
