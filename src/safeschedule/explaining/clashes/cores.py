"""Cores: smallest sets of conditions that clash, each proven twice, and possible without any one member."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.oracle import Conditions, Oracle, Way
from safeschedule.explaining.shrinking import shrink
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
        Whether there are no more that share nothing with these.
    """

    verified: tuple[Core, ...]
    complete: bool


def find_cores(oracle: Oracle, most: int, hear: OnCore | None = None) -> Cores:
    """Return up to `most` cores that have nothing in common.

    Parameters
    ----------
    oracle
        Of a week that is not possible.
    hear
        Called with each core when it is verified.
    """
    found: list[Core] = []
    try:
        while len(found) < most and _added(oracle, found, frozenset(c for core in found for c in core), hear):
            pass
    except UndecidedError:
        return Cores(tuple(found), complete=False)
    return Cores(tuple(found), complete=len(found) < most)


def find_others(oracle: Oracle, found: list[Core], most: int, hear: OnCore | None = None) -> bool:
    """Add cores that share something with those found, and do without one of their members.

    Return whether that came to its end.
    """
    asked: set[Conditions] = set()
    try:
        for core in found:
            for member in core:
                rest = frozenset(c for other in found if other is not core for c in other)
                gone = (rest - set(core)) | {member}
                if gone in asked:
                    continue
                if len(found) >= most or len(asked) >= _MORE:
                    return False
                asked.add(gone)
                _added(oracle, found, gone, hear)
    except UndecidedError:
        return False
    return True


def _added(oracle: Oracle, found: list[Core], gone: Conditions, hear: OnCore | None) -> bool:
    core = find_core(oracle, gone)
    if core is None or core in found:
        return False
    found.append(core)
    if hear is not None:
        hear(core)
    return True


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
    facts = [c for c in holding if c.kind != "rule"]
    for few, near in _places(oracle, holding):
        core = _shrunk(oracle, few, near, facts)
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


def _shrunk(oracle: Oracle, few: Sequence[Condition], near: bool, given: Sequence[Condition]) -> Core | None:
    """Return a verified core of a set; ``None`` when the set does not clash once everybody takes part."""
    if not _clashes(oracle, few, near=near):
        return None
    core = _smallest(oracle, few, near, given)
    if core is None or not _clashes(oracle, core, near=False):
        # Others could have helped after all, or what was left aside brought the clash about.
        return _shrunk(oracle, few, near=False, given=given) if near else None
    if oracle.possible(core, way=Way.OTHER) is not False:
        raise UndecidedError
    for member in core:
        if not _needed(oracle, core, member):
            raise UndecidedError
    return core


def _smallest(
    oracle: Oracle, few: Sequence[Condition], near: bool, given: Sequence[Condition]
) -> Core | None:
    """Return a smallest clashing part: of the rules while all the given facts hold, then of the facts.

    Leaving facts aside can make rules ask for more (who has more hours needs more protected time). A rule
    that does not clash with the facts as they are is therefore no part of it.
    """
    rules = [c for c in few if c.kind == "rule"]
    facts = [c for c in few if c.kind != "rule"]
    if not _clashes(oracle, [*rules, *given], near=near):
        return None
    named = shrink(rules, lambda held: _clashes(oracle, held, near=near), given)
    if not _clashes(oracle, [*named, *facts], near=near):
        return None
    rest = shrink(facts, lambda held: _clashes(oracle, held, near=near), named)
    return (*named, *rest)


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
