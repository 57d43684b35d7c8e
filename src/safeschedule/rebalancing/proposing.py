"""The smallest set of transfers that brings a team inside its caps."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import nan

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.panels import CaseloadFacts
from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import Problem
from safeschedule.problem.faults import find
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.rebalancing.answers import Rebalancing, TransferSet
from safeschedule.rebalancing.bounds import Bounds, bounds_of, load_of, rounded
from safeschedule.rebalancing.making import transfers_of
from safeschedule.rebalancing.missing import lacking
from safeschedule.rebalancing.model import Counts
from safeschedule.rebalancing.movable import Pool, known_since, pools
from safeschedule.rebalancing.searching import SmallestSet, best_effort, others, smallest
from safeschedule.solving.budget import Budget

SPREAD = Decimal("0.2")
"""By how much of a cap a share may lie over the team's; an assumption."""


def rebalance(
    problem: Problem,
    *,
    spread: Decimal | float = SPREAD,
    high_acuity_spread: Decimal | float | None = None,
    max_transfers: int | None = None,
    alternatives: int = 2,
    keep: Collection[str] = (),
    since: Mapping[str, date] | None = None,
    actuals: Sequence[Actuals] = (),
    stop: threading.Event | None = None,
) -> Rebalancing:
    """Return who carries too much, and the smallest sets of transfers that mend it (TC, AB, CD: rebalance).

    Too much is more than the cap of the rule ``caseload_cap`` or ``high_acuity_cap``, or a share of the
    cap of points that lies by more than `spread` over the team's (all points of those with a cap, over
    all their caps). What is sought, each before the next: that as few clients as possible move; that few of
    them are of high acuity, few in active trauma processing; that few weeks with their clinicians are lost;
    that takers stay near the team's share. Each is proven by CP-SAT, but for the last.

    A client moves only to somebody who has the skills and languages that the client's requests need, works
    in the mode, at the site and in the windows that they ask for, and is at work in the week. Nobody comes
    over a cap, their own weekly limit of sessions, or the spread by a transfer: so the limits of trainees
    are kept. Clients stay who asked for their clinician by name, have a pinned appointment with them, or
    come to a joint session of theirs.

    Where not everyone can be brought inside, they are brought as far as possible (high-acuity clients over
    caps first, then points over caps, then the spread), and the least that is missing is told by skills.

    Parameters
    ----------
    spread, high_acuity_spread
        As shares of a cap, 0 to 1. ``None``: the share of high-acuity clients is told and not bounded.
    max_transfers
        The most clients who may move.
    alternatives
        How many sets to give beside the first: as small, with other clients.
    keep
        Clients who stay.
    since
        Since when clients have been with their clinicians, where that is known.
    actuals
        Recorded weeks; visits with the own clinician tell the same, as far as they go back.
    stop
        When set, the search ends soon, with what was found.

    Raises
    ------
    InputError
        The problem has faults, or an argument makes no sense; with all of them.

    Examples
    --------
    >>> from safeschedule import rebalance
    >>> from safeschedule.samples import sample
    >>> answer = rebalance(sample(), alternatives=0)
    >>> answer.disproportionate, answer.inside, answer.sets[0].moved
    (('C03', 'C05', 'C08'), True, 8)
    """
    looked = Arguments("rebalance").problem(problem)
    for name, value in (("spread", spread), ("high_acuity_spread", high_acuity_spread)):
        # A signaling NaN cannot be made a float.
        given = (nan if value.is_nan() else float(value)) if isinstance(value, Decimal) else value
        looked.number(name, given, 1, "shares of a cap", needed=name == "spread")
    looked.kind("since", {} if since is None else since, Mapping, "dates by client, or None")
    if isinstance(since, Mapping):
        looked.codes("since", list(since))
    looked.whole("alternatives", alternatives, 0, 20).codes("keep", keep).watching(None, stop)
    if max_transfers is not None:
        looked.whole("max_transfers", max_transfers, 0, 100_000)
    looked.sequence("actuals", actuals, Actuals, "Actuals").done()
    faults = [*find(problem), *_unknown(problem, keep, since or {})]
    if faults:
        raise ArgumentError("rebalancing", faults)
    facts = CaseloadFacts(problem)
    bounds = bounds_of(
        facts, _exact(spread), None if high_acuity_spread is None else _exact(high_acuity_spread)
    )
    known = known_since(problem, actuals) | dict(since or {})
    movable, held = pools(facts, known, frozenset(keep))
    budget = Budget(None, None, stop or threading.Event())
    asked = _Asked(facts, bounds, movable, held, budget, max_transfers, alternatives)
    return asked.answer(
        _exact(spread), None if high_acuity_spread is None else _exact(high_acuity_spread), known
    )


def _exact(value: Decimal | float) -> Decimal:
    return Decimal(str(value))


def _unknown(problem: Problem, keep: Collection[str], since: Mapping[str, date]) -> Iterator[Fault]:
    clients = problem.by_code.clients
    for name, codes in (("keep", keep), ("since", since)):
        for code in codes:
            if code not in clients:
                expected = f"the code of a client{did_you_mean(code, list(clients)[:5000])}"
                yield Fault("unknown_reference", name, show(code), expected)
    for code, day in since.items():
        if type(day) is not date:
            yield Fault(
                "wrong_type", f"since {show(code)[1:-1]}", show(str(day)), "a date: date(2026, 10, 5)"
            )


@dataclass(frozen=True)
class _Asked:
    """One question, with all that it is answered from."""

    facts: CaseloadFacts
    bounds: Bounds
    pools: tuple[Pool, ...]
    held: tuple[str, ...]
    budget: Budget
    most: int | None
    alternatives: int

    def answer(self, spread: Decimal, high_spread: Decimal | None, known: Mapping[str, date]) -> Rebalancing:
        """Return the answer."""
        problem, carried = self.facts.problem, self.facts.carried
        loads = tuple(load_of(self.bounds, carried[p.id], p.id) for p in problem.clinicians)
        found, inside, proven, needed = (
            self._found() if any(load.over for load in loads) else ([], True, True, None)
        )
        short = not inside and needed is None
        held, missing, sure = (
            lacking(self.facts, self.bounds, self.pools, self.held, self.budget) if short else ((), (), True)
        )
        own = [c.id for c in problem.clients if c.clinician is not None]
        return Rebalancing(
            week_start=problem.week_start,
            spread=spread,
            high_acuity_spread=high_spread,
            team_share=rounded(self.bounds.share),
            team_high_acuity_share=rounded(self.bounds.high_share),
            loads=loads,
            sets=tuple(map(self._set, found)),
            inside=inside,
            proven=proven and sure,
            most=self.most,
            needed=needed,
            held=held,
            missing=missing,
            unknown_weeks=sum(code not in known for code in own),
        )

    def _found(self) -> tuple[list[Counts], bool, bool, int | None]:
        """Return the sets, whether they bring all inside, whether that is proven, and how many it takes."""
        first = smallest(self.bounds, self.pools, self.budget)
        if first.counts is not None and (self.most is None or first.moved <= self.most):
            return self._with_others(first), True, first.proven, None
        needed = first.moved if first.counts is not None else None
        far = best_effort(self.bounds, self.pools, self.budget, self.most)
        found = self._with_others(far) if far.counts is not None and far.moved else []
        return found, False, first.proven and far.proven, needed

    def _with_others(self, first: SmallestSet) -> list[Counts]:
        assert first.counts is not None
        return [first.counts, *others(self.bounds, first, self.budget, self.alternatives)]

    def _set(self, counts: Counts) -> TransferSet:
        transfers = transfers_of(counts)
        takers = {each.client: each.taker for each in transfers}
        problem = self.facts.problem
        clients = tuple(
            c.model_copy(update={"clinician": takers[c.id]}) if c.id in takers else c for c in problem.clients
        )
        after = problem.model_copy(update={"clients": clients})
        # Reckoned anew from the problem as it would be, and not from the model.
        carried = CaseloadFacts(after).carried
        return TransferSet(
            transfers=transfers,
            high_acuity=sum(each.high_acuity for each in transfers),
            in_processing=sum(each.in_processing for each in transfers),
            weeks=sum(each.weeks_counted for each in transfers),
            loads=tuple(load_of(self.bounds, carried[p.id], p.id) for p in after.clinicians),
            problem=after,
        )
