"""Where a clash is looked for: one clinician's day, then people who share a duty, then the whole week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.explaining.clashes.facts import covers, date_of
from safeschedule.explaining.clashes.few import asks_the_team
from safeschedule.explaining.clashes.oracle import Oracle, People
from safeschedule.model.index import Index
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import Role
from safeschedule.problem import Problem

Held = Sequence[Condition]


@dataclass(frozen=True)
class ClashScope:
    """Some conditions among which a clash is looked for, and who works.

    Parameters
    ----------
    conditions
        What holds there; what comes first is preferred in an explanation.
    people
        Who works, beside those who are pinned; ``None``: everybody.
    parts
        Smaller places inside, which are looked at first when it clashes.
    """

    conditions: tuple[Condition, ...]
    people: People | None
    parts: tuple[ClashScope, ...] = ()


def one_by_one(oracle: Oracle, holding: Held) -> Iterator[ClashScope]:
    """Yield each clinician's week, with each of its dates inside, and nobody else at work.

    What asks for others' time (supervision, say) is not looked at there.
    """
    rules = _Rules(oracle, holding)
    facts = [c for c in holding if c.kind != "rule"]
    about = {person.id: _about(oracle.base, facts, {person.id}) for person in oracle.base.clinicians}
    for code, own in sorted(about.items(), key=lambda one: (-_fullest(oracle.base, one[1]), one[0])):
        alone = rules.of({code}, {code})
        dates = sorted({day for c in own if (day := date_of(oracle.base, c)) is not None})
        people = frozenset({code})
        days = tuple(
            ClashScope((*rules.limits, *alone, *_on(oracle.base, own, day)), people) for day in dates
        )
        yield ClashScope((*rules.limits, *alone, *own), people, days if len(days) > 1 else ())


def together(oracle: Oracle, holding: Held) -> Iterator[ClashScope]:
    """Yield what limits the team, then the week of those who share a duty, the smallest sets first."""
    rules = _Rules(oracle, holding)
    facts = [c for c in holding if c.kind != "rule"]
    yield ClashScope((*rules.limits, *(f for f in facts if f.kind != "request")), frozenset())
    leads = {person.id for person in oracle.base.clinicians if person.is_supervisor}
    # Of whom something is asked, and who works.
    pairs = [(people, people) for people in _sets(oracle.base)]
    pairs += [(frozenset({p.id}), frozenset({p.id, *leads})) for p in oracle.base.clinicians]
    for asked, people in sorted(pairs, key=lambda pair: (len(pair[1]), len(pair[0]))):
        own = _about(oracle.base, facts, people)
        yield ClashScope((*rules.limits, *rules.of(asked, people), *own), people)


def at_once(oracle: Oracle, holding: Held) -> Iterator[ClashScope]:
    """Yield what is asked of the team, then everything."""
    rules = _Rules(oracle, holding)
    facts = [c for c in holding if c.kind != "rule"]
    yield ClashScope((*rules.team, *facts), None)
    yield ClashScope(tuple(holding), None)


class _Rules:
    """The rules that hold, by whom they ask something."""

    def __init__(self, oracle: Oracle, holding: Held) -> None:
        self._own = [c for c in holding if c.kind == "rule" and len(c.key) > 1]
        self.team = [c for c in holding if c.kind == "rule" and len(c.key) == 1]
        self.limits = [c for c in self.team if not asks_the_team(oracle.base, str(c.key[0]))]
        """Rules of the team that ask for no blocks."""
        self._partners = oracle.once("partners", lambda: _partners(oracle.base))

    def of(self, asked: Collection[str], people: Collection[str]) -> list[Condition]:
        """Return what is asked of some, without what may be met with partners who do not work."""
        own = [c for c in self._own if c.key[-1] in asked]
        return [c for c in own if self._partners.get(c.key, set()) <= {*people}]


def _partners(problem: Problem) -> dict[Key, set[str]]:
    """Return by rule and clinician with whom the rule's blocks may be held, beside those held alone."""
    index, found = Index(problem), defaultdict[Key, set[str]](set)
    for name, setting in index.settings.items():
        hook = encoder_of(setting).propose
        offers = [] if hook is None else [p for p in hook(index, setting) if p.partner >= 0]
        for offer in offers:
            clinician, partner = (index.clinicians[n].id for n in (offer.clinician, offer.partner))
            found[name, clinician].add(partner)
            if offer.role == Role.ATTEND:
                # Whoever hosts needs somebody to come.
                found[name, partner].add(clinician)
    return found


def _about(problem: Problem, facts: Held, people: Collection[str]) -> list[Condition]:
    """Return the facts about some clinicians, and about the clients whose sessions are pinned with them."""
    asking = {request.id: request.client for request in problem.requests}
    clients = {asking[p.request] for p in problem.pinned_appointments if p.clinician in people}
    clients |= {code for p in problem.pinned_groups if set(p.clinicians) & set(people) for code in p.clients}
    named = {*people, *clients}
    return [fact for fact in facts if fact.kind != "request" and named & set(fact.who)]


def _fullest(problem: Problem, facts: Held) -> int:
    """Return how much is fixed on the fullest date."""
    return max(Counter(day for fact in facts if (day := date_of(problem, fact))).values(), default=0)


def _on(problem: Problem, facts: Held, day: date) -> list[Condition]:
    """Return the facts without those of other dates."""
    return [fact for fact in facts if date_of(problem, fact) in (None, day)]


def _sets(problem: Problem) -> list[People]:
    """Return the sets of clinicians who share a duty: supervision, cover, a pin, an incident, a team."""
    found: dict[People, None] = {}
    for person in problem.clinicians:
        if person.supervisor is not None:
            found[frozenset({person.id, person.supervisor})] = None
        if person.cover is not None:
            # With who would cover instead, because that is looked at, too.
            other = covers.instead(problem, person.id) or person.cover
            found[frozenset({person.id, person.cover, other})] = None
    for held in problem.pinned_groups:
        found[frozenset(held.clinicians)] = None
    for block in problem.pinned_blocks:
        found[frozenset(block.clinicians) | ({block.supervisor} if block.supervisor else set())] = None
    leads = {person.id for person in problem.clinicians if person.is_supervisor}
    for incident in problem.incidents:
        for code in incident.clinicians:
            found[frozenset({code, *leads})] = None
    for name in sorted({name for person in problem.clinicians for name in person.teams}):
        found[frozenset({p.id for p in problem.clinicians if name in p.teams} | leads)] = None
    return sorted((one for one in found if len(one) > 1), key=lambda one: (len(one), sorted(one)))
