"""What a repair may pull: conditions that give way, and capacity that could be added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from safeschedule.catalogue import Tier, Trait, traits_of
from safeschedule.explaining.clashes.condition import Condition, Core

_KINDS = (
    "supervisor",
    "cover",
    "meeting",
    "group",
    "times",
    "pin",
    "request",
    "rule",
    "hours",
    "leave",
    "capacity",
)
"""What is sooner asked of people comes first."""

_MOST_TRIED = 2000


@dataclass(frozen=True)
class Capacity:
    """Something that the service does not have: a room, hours of a supervisor or of another clinician.

    Parameters
    ----------
    form
        ``room``, ``supervisor`` or ``clinician``. One of a form may mend several clashes.
    """

    form: str
    kind: str = "capacity"


Lever = Condition | Capacity
Levers = tuple[Lever, ...]


def levers_of(core: Core) -> list[Lever]:
    """Return what may be pulled to break a core: members that give way, then capacity."""
    return [*(c for c in core if c.tier is not None), *capacities(core)]


def capacities(core: Core) -> Iterator[Capacity]:
    """Yield what more there could be of, where a core has rules that never give way."""
    names = {str(c.key[0]) for c in core if c.kind == "rule" and c.tier is None}
    pinned = any(c.kind == "pin" and c.key[0] == "pinned_appointments" for c in core)
    if "room_capacity" in names and pinned:
        yield Capacity("room")
    if any(Trait.NEEDS_SUPERVISOR in traits_of(name) for name in names):
        yield Capacity("supervisor")
    if pinned and names - {"room_capacity"}:
        yield Capacity("clinician")


def rank(levers: Levers) -> tuple[int, int, list[int]]:
    """Return how dear levers are, before their amounts are known: the strongest tier, how many, which."""
    return max(map(_tier, levers)), len(levers), sorted(_KINDS.index(lever.kind) for lever in levers)


def _tier(lever: Lever) -> int:
    if isinstance(lever, Capacity) or lever.tier is None:
        return len(Tier)
    return len(Tier) - 1 - list(Tier).index(lever.tier)


def hitting(cores: Sequence[Core]) -> list[Levers]:
    """Return smallest sets of levers that break every core, the cheapest first."""
    found: set[frozenset[Lever]] = set()
    # Tier by tier, so that the cheapest are there, however many there are.
    rules: dict[str, Lever] = {}
    own = [_named_once(levers_of(core), rules) for core in cores]
    for tier in range(len(Tier) + 1):
        choices = [[lever for lever in levers if _tier(lever) <= tier] for levers in own]
        found |= {frozenset(chosen) for chosen in islice(product(*choices), _MOST_TRIED)}
    smallest = [one for one in found if not any(other < one for other in found)]
    ordered = [tuple(sorted(one, key=_order)) for one in smallest]
    return sorted(ordered, key=lambda levers: (rank(levers), [_order(lever) for lever in levers]))


def _named_once(levers: list[Lever], rules: dict[str, Lever]) -> list[Lever]:
    """Return levers in which each rule is one lever: it gives way for all, of whomever it asks."""
    return [
        rules.setdefault(str(lever.key[0]), lever)
        if isinstance(lever, Condition) and lever.kind == "rule"
        else lever
        for lever in levers
    ]


def _order(lever: Lever) -> tuple[int, str]:
    name = lever.form if isinstance(lever, Capacity) else " ".join(map(str, lever.key))
    return _KINDS.index(lever.kind), name
