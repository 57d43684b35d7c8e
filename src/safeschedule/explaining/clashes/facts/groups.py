"""Slots and facilitators of a group, where a pin of its sessions does not keep them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Group, PinnedGroup, Problem, Slot, Weekday
from safeschedule.problem.clock import format_clock
from safeschedule.verifier.wording import weekday_name


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each group's slots, and for its facilitators, that a pin does not keep."""
    for group in problem.groups:
        pins = [pin for pin in problem.pinned_groups if pin.group == group.id]
        who = tuple(dict.fromkeys(code for pin in pins for code in pin.clinicians))
        if group.slots and any(_slot(pin) not in _slots(group) for pin in pins):
            when = words.listing(
                [f"{weekday_name(day)} {format_clock(start)}" for day, start in _slots(group)]
            )
            what = f"The group {group.id} starts on {when}."
            yield Condition("group", (group.id, "slots"), who, what, Tier.SERVICE)
        if group.facilitators and not set(who) <= set(group.facilitators):
            what = f"The group {group.id} is led by {words.listing(group.facilitators)}, and nobody else."
            yield Condition("group", (group.id, "facilitators"), who, what, Tier.SERVICE)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which the pins of some groups keep their slots, or facilitators."""
    groups = []
    for group in problem.groups:
        pins = [pin for pin in problem.pinned_groups if pin.group == group.id]
        if (group.id, "slots") in keys:
            more = sorted({_slot(pin) for pin in pins} - set(_slots(group)))
            slots = tuple(Slot(day=list(Weekday)[day], start=start) for day, start in more)
            group = group.model_copy(update={"slots": (*group.slots, *slots)})
        if (group.id, "facilitators") in keys:
            leads = dict.fromkeys([*group.facilitators, *(code for pin in pins for code in pin.clinicians)])
            group = group.model_copy(update={"facilitators": tuple(leads)})
        groups.append(group)
    return problem.model_copy(update={"groups": tuple(groups)})


def _slots(group: Group) -> list[tuple[int, int]]:
    return [(slot.day.number, slot.start) for slot in group.slots]


def _slot(pin: PinnedGroup) -> tuple[int, int]:
    return pin.start.weekday(), pin.start.hour * 60 + pin.start.minute
