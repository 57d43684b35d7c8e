"""Pinned appointments, group sessions and blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Problem
from safeschedule.problem.pins import PINS
from safeschedule.verifier import wording


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each pin; its key is its list and its place there."""
    requests = problem.by_code.requests
    for number, pin in enumerate(problem.pinned_appointments):
        asked = requests[pin.request].site
        what = f"{pin.request}{_at(asked)} is pinned with {pin.clinician} on {words.at(pin.start)}"
        room = None if pin.room is None else problem.by_code.rooms.get(pin.room)
        what += "." if room is None else f" in {room.id}{_at(room.site)}."
        yield _pin("pinned_appointments", number, (pin.clinician,), what)
    sites = {group.id: group.site for group in problem.groups}
    for number, held in enumerate(problem.pinned_groups):
        leads, where = words.listing(held.clinicians), _at(sites[held.group])
        what = f"A session of the group {held.group}{where} is pinned with {leads} on {words.at(held.start)}."
        yield _pin("pinned_groups", number, held.clinicians, what)
    for number, block in enumerate(problem.pinned_blocks):
        people = (*block.clinicians, *((block.supervisor,) if block.supervisor else ()))
        what = f"{words.duration(block.minutes)} of {wording.words(block.kind)}"
        what += f" are pinned for {words.listing(people)} on {words.at(block.start)}."
        yield _pin("pinned_blocks", number, people, what)


def _at(site: str | None) -> str:
    return "" if site is None else f" (at {site})"


def _pin(place: str, number: int, who: tuple[str, ...], what: str) -> Condition:
    return Condition("pin", (place, number), who, what, Tier.SERVICE)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem without some pins."""
    update: dict[str, Any] = {
        name: tuple(pin for number, pin in enumerate(getattr(problem, name)) if (name, number) not in keys)
        for name in PINS
    }
    return problem.model_copy(update=update)
