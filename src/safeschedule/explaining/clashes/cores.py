"""Cores: smallest sets of conditions that clash, each proven twice, and possible without any one member."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.oracle import Conditions, Oracle, Way
from safeschedule.explaining.clashes.shrinking import shrink
from safeschedule.model.registry import all_encoders

# How often it is looked for further cores that share something with those found.
_MORE = 8

Core = tuple[Condition, ...]
OnCore = Callable[[Core], None]


class UndecidedError(Exception):
    """The time ended, or somebody stopped the search, before something was decided."""


@dataclass(frozen=True)
class Cores:
    """The cores of a week.

    Parameters
    ----------
    verified
        Each is impossible as a whole, by two configurations of the solver, and possible without any one
        member, by a schedule that the verifier accepts.
    complete
        Whether the search for them came to its end. There may be more cores that overlap these.
    """

    verified: tuple[Core, ...]
    complete: bool


def find_cores(oracle: Oracle, most: int, hear: OnCore | None = None) -> Cores:
    """Return up to `most` cores: first those that have nothing in common, then others.

    Parameters
    ----------
    oracle
        Of a week that is not possible.
    hear
        Called with each core when it is verified.
    """
    found: list[Core] = []

    def add(gone: Conditions) -> bool:
        core = find_core(oracle, gone)
        if core is None or core in found:
            return False
        found.append(core)
        if hear is not None:
            hear(core)
        return True

    try:
        while len(found) < most and add(frozenset(c for core in found for c in core)):
            pass
        _others(found, most, add)
    except UndecidedError:
        return Cores(tuple(found), complete=False)
    return Cores(tuple(found), complete=True)


def _others(found: list[Core], most: int, add: Callable[[Conditions], bool]) -> None:
    """Look for cores that share something with those found: those that do without one of their members."""
    asked: set[Conditions] = set()
    for core in found:
        for member in core:
            rest = frozenset(c for other in found if other is not core for c in other)
            gone = (rest - set(core)) | {member}
            if len(found) >= most or gone in asked or len(asked) >= _MORE:
                continue
            asked.add(gone)
            add(gone)


def find_core(oracle: Oracle, gone: Conditions = frozenset()) -> Core | None:
    """Return a verified core among the conditions that are not gone; ``None`` when they do not clash.

    Raises
    ------
    UndecidedError
        It was not decided in the time, or what was found could not be verified.
    """
    holding = [c for c in oracle.everything if c not in gone]
    if not _clashes(oracle, holding, near=False):
        return None
    for few, near in _places(oracle, holding):
        core = _shrunk(oracle, few, near)
        if core is not None:
            return core
    raise UndecidedError


def _places(oracle: Oracle, holding: Sequence[Condition]) -> Iterator[tuple[list[Condition], bool]]:
    """Yield where to look, the smallest first: what is asked of the team, of each clinician, of all."""
    rules = [c for c in holding if c.kind == "rule"]
    facts = [c for c in holding if c.kind != "rule"]
    team = [c for c in rules if len(c.key) == 1]
    limits = [c for c in team if not hasattr(all_encoders()[str(c.key[0])], "propose")]
    leads = {p.id for p in oracle.base.clinicians if p.is_supervisor}
    yield [*limits, *(f for f in facts if f.kind != "request")], True
    for person in oracle.base.clinicians:
        own = [c for c in rules if c.key[-1] == person.id and len(c.key) > 1]
        near = {person.id, *leads}
        yield [*limits, *own, *(f for f in facts if f.kind != "request" and near & set(f.who))], True
    yield [*team, *facts], False
    yield list(holding), False


def _shrunk(oracle: Oracle, few: Sequence[Condition], near: bool) -> Core | None:
    """Return a verified core of a set; ``None`` when the set does not clash once everybody takes part."""
    if not _clashes(oracle, few, near=near):
        return None
    core = shrink(few, lambda held: _clashes(oracle, held, near=near))
    while True:
        if not _clashes(oracle, core, near=False):
            # Others could have helped after all: look again with everybody.
            return _shrunk(oracle, few, near=False) if near else None
        if oracle.possible(core, way=Way.OTHER) is not False:
            raise UndecidedError
        needless = next((c for c in core if not _needed(oracle, core, c)), None)
        if needless is None:
            return core
        rest = [c for c in core if c != needless]
        core = shrink(rest, lambda held: _clashes(oracle, held, near=False))


def _needed(oracle: Oracle, core: Core, member: Condition) -> bool:
    """Return whether the rest of a core is possible without a member, as a verified schedule shows."""
    rest = [c for c in core if c != member]
    if oracle.witness(rest) is not None:
        return True
    if _clashes(oracle, rest, near=False):
        return False
    raise UndecidedError


def _clashes(oracle: Oracle, holding: Sequence[Condition] | Conditions, *, near: bool) -> bool:
    answer = oracle.possible(holding, near=near)
    if answer is None:
        raise UndecidedError
    return not answer
