"""Cores: smallest sets of conditions that clash, each proven twice, and possible without any one member.

Minimal unsatisfiable subsets, in the words of Liffiton and Sakallah 2008, doi:10.1007/s10817-007-9084-z.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from safeschedule.explaining.clashes import failing
from safeschedule.explaining.clashes.condition import Condition, Core
from safeschedule.explaining.clashes.oracle import Conditions, Oracle, People, Way
from safeschedule.explaining.clashes.places import ClashScope, at_once, one_by_one, together
from safeschedule.explaining.shrinking import shrink
from safeschedule.explaining.undecided import UndecidedError

# How often it is looked for further cores that share something with those found.
_MORE = 8
# The part of what is left that asking the whole week may take before smaller sets of people are looked at.
_SHARE = 0.25

OnCore = Callable[[Core], None]


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
    failures
        Why it is not known whether there are more: which step failed, and on what.
    """

    verified: tuple[Core, ...]
    complete: bool
    failures: tuple[str, ...] = ()


def find_cores(oracle: Oracle, most: int, hear: OnCore | None = None) -> Cores:
    """Return up to `most` cores that have nothing in common; none of a week that is possible.

    Parameters
    ----------
    hear
        Called with each core when it is verified.
    """
    found: list[Core] = []
    try:
        while len(found) < most and _added(oracle, found, frozenset(c for core in found for c in core), hear):
            pass
    except UndecidedError as error:
        return Cores(tuple(found), complete=False, failures=error.reasons)
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
                _another(oracle, found, gone, hear)
    except UndecidedError:
        return False
    return True


def _another(oracle: Oracle, found: list[Core], gone: Conditions, hear: OnCore | None) -> None:
    """Add a core without what is gone that differs from those found in more than of whom a rule asks."""
    while (core := find_core(oracle, gone)) is not None and core not in found:
        if not any(_alike(core, other) for other in found):
            found.append(core)
            if hear is not None:
                hear(core)
            return
        gone |= frozenset(c for c in core if c.kind == "rule")


def _alike(core: Core, other: Core) -> bool:
    """Return whether two cores name the same rules and facts, of whomever the rules ask."""
    return {c.unasked for c in core} == {c.unasked for c in other}


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

    One clinician's day is looked at first, because that takes no time; then whether the whole clashes at all,
    then sets of people who share a duty, then the whole.

    Raises
    ------
    UndecidedError
        It was not decided in the time, or what was found could not be verified.
    """
    holding = tuple(c for c in oracle.everything if c not in gone)
    search = _Search(oracle, holding)
    core = search.first(one_by_one(oracle, holding))
    if core is not None:
        return core
    # An answer that takes long can wait: it may be plain among few people.
    limit = _SHARE * oracle.budget.left
    if oracle.possible(holding, limit=limit):
        return None
    core = search.first(together(oracle, holding))
    if core is not None:
        return core
    if oracle.possible(holding):
        return None
    core = search.first(at_once(oracle, holding))
    if core is not None:
        return core
    raise UndecidedError(search.reasons)


class _Search:
    """Looks for a verified core of some conditions in one place after the other.

    Parameters
    ----------
    oracle
        Of the week.
    holding
        All that holds.
    """

    def __init__(self, oracle: Oracle, holding: Sequence[Condition]) -> None:
        self.oracle = oracle
        self.facts = [c for c in holding if c.kind != "rule"]
        self.reasons: list[str] = []
        """Why what was found was not verified."""

    def first(self, places: Iterator[ClashScope]) -> Core | None:
        """Return the first verified core; ``None`` without one."""
        for place in places:
            core = self._in(place)
            if core is not None or self.oracle.budget.over:
                return core
        return None

    def _in(self, place: ClashScope) -> Core | None:
        """Return a verified core of a place; ``None`` when there is none."""
        try:
            if not self._clash(place.conditions, place.people):
                return None
            for part in place.parts:
                core = self._in(part)
                if core is not None:
                    return core
            return self._verified(place)
        except UndecidedError as error:
            self.reasons += error.reasons
            return None

    def _verified(self, place: ClashScope) -> Core | None:
        """Return a verified core of a place that clashes; ``None`` when others can help after all."""
        core = self._smallest(place)
        if core is None:
            return None
        rules = [c for c in core if c.kind == "rule"]
        if not self._clash(core, None):
            # Others can help with what these rules ask; there may be a clash of other rules.
            others = tuple(c for c in place.conditions if c not in rules)
            return self._in(ClashScope(others, place.people)) if rules else None
        if not self._clash([*self.facts, *rules], None):
            raise UndecidedError(failing.only_in_part(core))
        second = self.oracle.possible(core, way=Way.OTHER)
        if second is not False:
            raise UndecidedError(failing.second_proof(self.oracle, core, second))
        for member in core:
            rest = [c for c in core if c != member]
            shown = self.oracle.show(rest)
            if shown.schedule is not None:
                continue
            if shown.possible is False:
                # With everybody at work less is needed than among few.
                return self._verified(ClashScope(tuple(rest), None))
            raise UndecidedError(failing.not_shown(self.oracle, core, member, shown))
        return core

    def _smallest(self, place: ClashScope) -> Core | None:
        """Return a smallest clashing part: of the rules while all facts of the place hold, then of the facts.

        Leaving facts aside can make rules ask for more (who has more hours needs more protected time). A rule
        that does not clash with the facts as they are is therefore no part of it.
        """
        rules = [c for c in place.conditions if c.kind == "rule"]
        facts = [c for c in place.conditions if c.kind != "rule"]
        given = self.facts if place.people is None else facts
        if given is not facts and not self._clash([*rules, *given], place.people):
            return None
        named = shrink(rules, lambda held: self._clash(held, place.people), given)
        if not self._clash([*named, *facts], place.people):
            return None
        return (*named, *shrink(facts, lambda held: self._clash(held, place.people), named))

    def _clash(self, holding: Collection[Condition], people: People | None) -> bool:
        answer = self.oracle.possible(holding, people=people)
        if answer is None:
            raise UndecidedError(failing.not_answered(self.oracle))
        return not answer
