"""What planning again goes by, in order: each goal as an amount that is to be small.

Minimal perturbation in the sense of El Sakkout and Wallace 2000, doi:10.1023/A:1009856210543, with people
who are disturbed as the distance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.index import Bools
from safeschedule.model.rows import Role
from safeschedule.model.spans import DAYS
from safeschedule.model.variables import Var, top
from safeschedule.problem.clock import DAY
from safeschedule.replanning.situation import Situation, Table
from safeschedule.solving.neighbourhood import Part
from safeschedule.solving.objective import Objective, tier_objective

Terms = list[tuple[int, Var]]


@dataclass
class Goal:
    """An amount to be made small.

    Parameters
    ----------
    name
        As the result shows it.
    terms
        Factors and variables.
    constant
        What it is besides.
    most
        What the amount can differ by, where that is less than the terms say one by one.
    """

    name: str
    terms: Terms = field(default_factory=list)
    constant: int = 0
    most: int | None = None

    @property
    def reach(self) -> int:
        """What the amount can differ by."""
        return self.most or sum(abs(factor) * top(variable) for factor, variable in self.terms)

    @property
    def objective(self) -> Objective:
        """The amount without the constant, as what is to be large."""
        return [(-factor, variable.index) for factor, variable in self.terms]


class Goals:
    """The goals of one part.

    Parameters
    ----------
    where
        The situation.
    table
        All rows, of which the part has some.
    part, build
        The part and its model.
    """

    def __init__(self, where: Situation, table: Table, part: Part, build: Build) -> None:
        self.where, self.table, self.build = where, table, build
        self.index, self.rows = where.index, build.rows
        self.was: Bools = table.chosen[part.numbers]
        self.free: Bools = ~part.fixed
        self.x = build.row_vars
        self._starts = self._old_starts()
        self._post_counts()

    def all(self) -> list[list[Goal]]:
        """Return the goals in their order; those of one list are pursued at once, the first foremost.

        The first list (the second, with soft safety rules) decides whether a stage is enough.
        """
        soft = [t for t in Tier if any(s.tier is t and not s.hard for s in self.index.settings.values())]
        safety = [self._tier(Tier.SAFETY)] if Tier.SAFETY in soft else []
        disturbed, told = self._of_people()
        foremost = [self._unplaced(urgent=True), self._lost(), disturbed, self._unplaced(urgent=False)]
        return [
            *([goal] for goal in safety),
            foremost,
            [told, self._moved(), self._shift(), self._waiting(), self._notice()],
            [self._blocks()],
            [self._tier(tier) for tier in soft if tier is not Tier.SAFETY],
        ]

    # What is placed.

    def _post_counts(self) -> None:
        """Hold each request to the sessions that it had or newly asks for: this fills no other gaps."""
        counted = self.free & (self.rows.request >= 0) & (self.rows.role != Role.CO)
        for item, numbers in self._by_request(counted):
            most = self.where.demand[item] or int((self.was & self.free)[numbers].sum())
            if len(numbers) > most:
                self.build.model.add(cp_model.LinearExpr.sum([self.x[n] for n in numbers]) <= most)

    def _by_request(self, chosen: Bools) -> Iterator[tuple[int, list[int]]]:
        found: dict[int, list[int]] = defaultdict(list)
        for n in np.flatnonzero(chosen).tolist():
            found[int(self.rows.request[n])].append(n)
        yield from found.items()

    def _unplaced(self, *, urgent: bool) -> Goal:
        goal = Goal("urgent left out" if urgent else "others left out")
        requests = range(len(self.index.requests))
        wanted = {n: c for n, c in self.where.demand.items() if n in requests}
        wanted = {n: c for n, c in wanted.items() if bool(self.where.urgent[n]) == urgent}
        goal.constant = sum(self.where.values[n] * count for n, count in wanted.items())
        for item, numbers in self._by_request(self.free & self.rows.is_visit):
            if item in wanted:
                goal.terms += [(-self.where.values[item], self.x[n]) for n in numbers]
        goal.most = goal.constant
        return goal

    def _lost(self) -> Goal:
        goal = Goal("others dropped")
        for item, numbers in self._by_request(self.free & self.rows.is_session):
            if not self.where.demand[item]:
                had = int(self.was[numbers].sum())
                goal.constant += self.where.values[item] * had
                goal.terms += [(-self.where.values[item], self.x[n]) for n in numbers]
        goal.most = goal.constant
        return goal

    # People.

    def _of_people(self) -> tuple[Goal, Goal]:
        """Return who is disturbed though no change hits them, and to whom anything is new."""
        disturbed, told = Goal("people disturbed"), Goal("people told")
        causes: dict[tuple[str, int], list[tuple[int, bool]]] = defaultdict(list)
        for n in np.flatnonzero(self.free).tolist():
            for kind, number, harm in self._concerned(n):
                hit = self.where.clinicians if kind == "clinician" else self.where.clients
                if number not in hit:
                    causes[kind, number].append((n, harm))
        for _, rows in sorted(causes.items()):
            told.terms.append((1, self._if_any([n for n, _ in rows])))
            if any(harm for _, harm in rows):
                disturbed.terms.append((1, self._if_any([n for n, harm in rows if harm])))
        return disturbed, told

    def _if_any(self, numbers: list[int]) -> Var:
        """Return a literal that is true when any of some rows changes."""
        literal = self.build.model.new_bool_var("")
        for n in numbers:
            self.build.model.add_implication(~self.x[n] if self.was[n] else self.x[n], literal)
        return literal

    def _concerned(self, n: int) -> Iterable[tuple[str, int, bool]]:
        """Yield whom a change of a row concerns, and whether something of theirs is disturbed by it."""
        rows = self.rows
        request, role = int(rows.request[n]), int(rows.role[n])
        clinician, partner = int(rows.clinician[n]), int(rows.partner[n])
        if request < 0:
            if role != Role.SOLO:
                yield "clinician", clinician, True
            if role == Role.PAIR:
                yield "clinician", partner, True
            return
        if role != Role.SEAT:
            yield "clinician", clinician, self.where.demand[request] == 0
        if role in (Role.SOLO, Role.SEAT):
            yield "client", int(self.index.request_client[request]), self.where.demand[request] == 0

    # What moves.

    def _old_starts(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        part = self.table.rows.take(self.table.chosen)
        counted = (part.request >= 0) & (part.role != Role.CO) & (part.start >= self.where.freeze)
        gone = self.table.rows.take(self.table.gone)
        lost = set(zip(gone.request.tolist(), gone.start.tolist(), strict=True))
        for request, start in zip(part.request[counted].tolist(), part.start[counted].tolist(), strict=True):
            if (request, start) in lost or self.table.moving[min(request, len(self.table.moving) - 1)]:
                found[request].append(start)
        for request, start, _ in self.where.avoid:
            found[request].append(start)
        return found

    def _moved(self) -> Goal:
        old = np.flatnonzero(self.free & self.was & self.rows.is_session).tolist()
        return Goal("others moved", [(-1, self.x[n]) for n in old], len(old))

    def _shift(self) -> Goal:
        """Minutes by which sessions are moved; another way of meeting, too, is a little of a move."""
        goal = Goal("minutes moved", most=0)
        for item, numbers in self._by_request(self.free & ~self.was & self.rows.is_appointment):
            if item in self._starts:
                starts, at = np.array(self._starts[item]), self.rows.start[numbers]
                far = np.maximum(1, np.abs(at[:, None] - starts[None, :]).min(axis=1)).tolist()
                self._add(goal, item, numbers, far)
        return goal

    def _add(self, goal: Goal, item: int, numbers: list[int], factors: list[int]) -> None:
        """Add terms of which a request can have as many as it has sessions."""
        goal.terms += [(factor, self.x[n]) for factor, n in zip(factors, numbers, strict=True)]
        goal.most = (goal.most or 0) + max(factors) * int(self.index.counts[item])

    def _waiting(self) -> Goal:
        """Half-days from the week's first to each urgent session."""
        goal = Goal("urgent waits", most=0)
        for item, numbers in self._by_request(self.free & ~self.was & self.rows.is_visit):
            if self.where.urgent[min(item, len(self.where.urgent) - 1)]:
                self._add(goal, item, numbers, (1 + self.build.half[numbers]).tolist())
        return goal

    def _blocks(self) -> Goal:
        goal = Goal("blocks changed")
        for n in np.flatnonzero(self.free & self.rows.is_block).tolist():
            goal.terms.append((-1 if self.was[n] else 1, self.x[n]))
        goal.constant = int((self.free & self.rows.is_block & self.was).sum())
        return goal

    def _notice(self) -> Goal:
        """Grid steps from each changed session to the week's end: later ones leave more notice."""
        goal = Goal("short notice", most=0)
        for item, numbers in self._by_request(self.free & ~self.was & self.rows.is_visit):
            if self.where.urgent[min(item, len(self.where.urgent) - 1)] and self.where.demand[item]:
                continue
            at = np.minimum(self.rows.start[numbers], min(self._starts.get(item, [DAYS * DAY])))
            self._add(goal, item, numbers, ((DAYS * DAY - at) // self.index.grid).tolist())
        return goal

    def _tier(self, tier: Tier) -> Goal:
        """Return the rulebook's own objective of a tier."""
        variable = self.build.model.get_int_var_from_proto_index
        return Goal(f"{tier} rules", [(-f, variable(v)) for f, v in tier_objective(self.build, tier)])
