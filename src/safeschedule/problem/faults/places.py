"""Ways between sites that are not stated."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import View
from safeschedule.problem.showing import show


def travel_incomplete(view: View) -> Iterator[Fault]:
    """Find pairs of sites without a way, where others have one: nobody could go from one to the other."""
    stated = {frozenset((way.origin, way.destination)) for way in view.problem.travel}
    sites = [site.id for site in view.problem.sites]
    for one, other in combinations(dict.fromkeys(sites), 2) if stated else ():
        if frozenset((one, other)) not in stated:
            expected = f"the minutes between {show(one)} and {show(other)}, 0 if they are next door"
            yield Fault("travel_incomplete", "travel", f"{len(view.problem.travel)} entries", expected)


def travel_twice(view: View) -> Iterator[Fault]:
    """Find ways that an earlier entry states."""
    first: dict[tuple[str, str], int] = {}
    for i, way in enumerate(view.problem.travel):
        earlier = first.setdefault((way.origin, way.destination), i)
        if earlier != i:
            expected = f"one entry for each way; travel[{earlier}] is for the same"
            yield Fault("travel_twice", f"travel[{i}]", f"{way.origin} to {way.destination}", expected)


CHECKS = (travel_incomplete, travel_twice)
