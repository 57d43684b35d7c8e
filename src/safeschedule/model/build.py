"""Build: a problem's rows as a CP-SAT model in two layers, with the penalty of each rule kept apart.

The *plan* layer has a count (nearly always 0 or 1) for "sessions of a request by clinician in half-day
at a price" and one for "blocks of a kind of a clinician in half-day". The *exact* layer has a Boolean
for each row (each start time). A build without the exact layer is a relaxation of the full one: the
same rules, as far as they can be said of half-days. Rows of one half-day that cost soft rules different
amounts are different entries of the plan, so that a standing or a preferred time is worth its price there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.interrupting import InterruptibleModel
from safeschedule.model.joint import post_blocks, post_groups
from safeschedule.model.layers import Grouping, group_rows, post_counts, row_variables
from safeschedule.model.need import Need, Offers
from safeschedule.model.rows import Columns, Entries, Rows, entries_of, groups
from safeschedule.model.variables import Var, top
from safeschedule.problem import Setting


class Build:
    """A CP-SAT model over given rows; encoders post their rules on it.

    Parameters
    ----------
    index
        The problem.
    rows
        What may be chosen.
    exact
        Whether to build the exact layer.
    fixed
        Rows that are chosen for certain (exact layer only).
    prices
        By row: equal numbers for rows that cost every soft rule the same by themselves.
    people
        Numbers of the clinicians whose whole week is in the rows; of the others only some fixed rows are
        (those that meet these clinicians' rows in a room, a client or a joint block), so that nothing can
        be asked of them. ``None``: everyone.
    daily
        By request: the most sessions on one date that hard rules allow.
    recording
        Whether the model is to become a linear system, and is not solved as it is.

    Raises
    ------
    InterruptedWorkError
        The index says, as the model is made or posted on, that it is time to end.
    """

    def __init__(
        self,
        index: Index,
        rows: Rows,
        *,
        exact: bool = True,
        fixed: Bools | None = None,
        prices: Ints | None = None,
        daily: Ints | None = None,
        people: Sequence[int] | None = None,
        recording: bool = False,
    ) -> None:
        self.index = index
        self.rows = rows
        self.daily: Ints = index.counts if daily is None else daily
        self.exact = exact
        self.focus(range(len(index.clinicians)) if people is None else people)
        self.partial = len(self._people) < len(index.clinicians)
        # Whether each rule is posted so that it holds by itself, without any other.
        self.apart = False
        self.model = InterruptibleModel(index.over, recording=recording)
        self.amounts: dict[str, list[tuple[int, Var]]] = defaultdict(list)
        self.constants: dict[str, int] = defaultdict(int)
        self.offers = Offers()
        self.fixed: Bools = np.zeros(len(rows), dtype=bool) if fixed is None else fixed
        self.half = index.working_half(rows.clinician, rows.start)
        self.time = index.half_of(rows.start)
        self.day = self.half // 2
        apart = (self.time, self.half) if prices is None else (self.time, self.half, prices)
        grouping = group_rows(rows, *apart, ask=self.model.ask)
        self._make_plan(grouping)
        self.plan_index: Ints = np.array([v.index for v in self.plan_vars], dtype=np.int64)
        self.row_vars: list[Var] = (
            row_variables(self.model, grouping, self.plan_vars, self.fixed) if exact else []
        )
        self.row_index: Ints = np.array([v.index for v in self.row_vars], dtype=np.int64)
        self._post_structure()

    def focus(self, people: Iterable[int]) -> None:
        """Ask from now on nothing but of these clinicians, as far as rules ask of clinicians."""
        self._people: list[int] = sorted(people)
        self._scope = frozenset(self._people)

    def prepare(self, needs: Collection[Need]) -> None:
        """Make the literals that rules share, before any rule is posted."""
        if Need.USED in needs:
            _ = self._used_halves
        if Need.JOINING in needs:
            _ = self._new_clients

    @property
    def people(self) -> list[int]:
        """Numbers of the clinicians of whom something is asked."""
        self.offers.require(Need.PEOPLE)
        return self._people

    @property
    def scope(self) -> frozenset[int]:
        """The same as a set."""
        self.offers.require(Need.PEOPLE)
        return self._scope

    @property
    def inside(self) -> Bools:
        """Whether each row is of a clinician of whom something is asked."""
        return np.isin(self.rows.clinician, self.people)

    @property
    def plan_inside(self) -> Bools:
        """Whether each plan entry is of a clinician of whom something is asked."""
        return np.isin(self.plan.clinician, self.people)

    def _make_plan(self, grouping: Grouping) -> None:
        self.plan_of_row, self.plan_rows = grouping.of_row, grouping.members
        self.plan_sizes, heads = grouping.sizes, grouping.heads
        self.plan: Entries = entries_of(self.rows, heads)
        self.plan_half: Ints = self.half[heads]
        self.plan_day: Ints = self.plan_half // 2
        self.plan_time: Ints = self.time[heads]
        self.plan_date: Ints = self.plan_time // 2
        most = self.plan_sizes.copy()
        sessions = np.flatnonzero(self.plan.request >= 0)
        most[sessions] = np.minimum(most[sessions], self.daily[self.plan.request[sessions]])
        least = np.bincount(self.plan_of_row[self.fixed], minlength=len(most)).tolist()
        self.plan_vars: list[Var] = [
            self.model.new_int_var(min(low, high), high, "")
            for low, high in zip(least, most.tolist(), strict=True)
        ]
        self.plan_most: Ints = most

    def _post_structure(self) -> None:
        post_counts(self.model, self.plan, self.plan_vars, self.index.counts)
        layers: list[tuple[Columns, list[Var], Ints]] = [(self.plan, self.plan_vars, self.plan_time)]
        if self.exact:
            layers.append((self.rows, self.row_vars, self.rows.start))
        for rows, variables, when in layers:
            post_blocks(self.model, rows, variables, when)
            post_groups(self.model, self.index.items, rows, variables, when)

    # What encoders ask for.

    @property
    def finest(self) -> tuple[Columns, list[Var], Ints]:
        """Rows, their variables, and when each is: exact starts, or else plan entries and half-days."""
        if self.exact:
            return self.rows, self.row_vars, self.rows.start
        return self.plan, self.plan_vars, self.plan_time

    @cached_property
    def moving_clients(self) -> frozenset[int]:
        """Numbers of the clients whose sessions are all in the rows: in partial builds, those that move."""
        clients = range(len(self.index.clients))
        if not self.partial:
            return frozenset(clients)
        return frozenset(self.row_client[~self.fixed].tolist()) - {-1}

    def at_least(self, chosen: Bools | Ints) -> list[Var]:
        """Return variables whose sum is the number of chosen rows, to be bounded from below.

        Without the exact layer a half-day in which only some rows are chosen counts whole, which relaxes.
        """
        return self._sum(chosen, generous=True)

    def at_most(self, chosen: Bools | Ints) -> list[Var]:
        """Return variables whose sum is the number of chosen rows, to be bounded from above.

        Without the exact layer a half-day in which only some rows are chosen does not count, which relaxes.
        """
        return self._sum(chosen, generous=False)

    def _sum(self, chosen: Bools | Ints, *, generous: bool) -> list[Var]:
        numbers = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        found: list[Var] = []
        for (plan,), members in groups(self.plan_of_row[numbers]) if len(numbers) else ():
            if len(members) == self.plan_sizes[plan] or (generous and not self.exact):
                found.append(self.plan_vars[plan])
            elif self.exact:
                found += [self.row_vars[numbers[m]] for m in members]
        return found

    def used(self, clinician: int, half: int) -> Var | None:
        """Return a literal that is true when the clinician has a session in the half-day; ``None``: never."""
        self.offers.require(Need.USED)
        return self._used_halves.get((clinician, half))

    @cached_property
    def _used_halves(self) -> dict[tuple[int, int], Var]:
        found = {}
        for (c, half), members in groups(self.plan.clinician, self.plan_half, where=self.plan.is_work):
            found[c, half] = self.any_of(members)
        return found

    def joining(self, clinician: int) -> dict[int, Var]:
        """Return by new client a literal that is true when the client has a session with the clinician."""
        self.offers.require(Need.JOINING)
        return self._new_clients.get(clinician, {})

    @cached_property
    def _new_clients(self) -> dict[int, dict[int, Var]]:
        is_new = np.array([client.clinician is None for client in self.index.clients], dtype=bool)
        single = ~self.index.pools & ~self.index.of_groups
        chosen = self.plan.of_requests(np.append(is_new, False)[self.index.request_client] & single)
        found: dict[int, dict[int, Var]] = defaultdict(dict)
        for (client, c), members in groups(self.plan_client, self.plan.clinician, where=chosen):
            found[c][client] = self.any_of(members)
        return found

    @cached_property
    def plan_client(self) -> Ints:
        """The client's number of each plan entry, -1 for blocks."""
        return self._client_of(self.plan)

    @cached_property
    def row_client(self) -> Ints:
        """The client's number of each row, -1 for blocks."""
        return self._client_of(self.rows)

    def _client_of(self, rows: Columns) -> Ints:
        if not len(self.index.request_client):
            return np.full(len(rows), -1, dtype=np.int64)
        return np.where(rows.is_visit, self.index.request_client[rows.request], -1)

    def any_of(self, members: Ints) -> Var:
        """Return a literal that is true when a session of these plan entries is held (it may be without).

        Of one request no more than its count are held, and on a date no more than `daily`: that many
        entries share a row, which is tighter than a row each.
        """
        first: Var = self.plan_vars[int(members[0])]
        if len(members) == 1 and top(first) <= 1:
            return first
        literal = self.model.new_bool_var("")
        request = self.plan.request[members]
        single = self.index.counts[request] == 1
        for (number, _), same in groups(request, np.where(single, -1, self.plan_date[members])):
            variables = [self.plan_vars[m] for m in members[same]]
            most = min(sum(top(v) for v in variables), int(self.daily[number]))
            if len(variables) == 1 and most == 1:
                self.model.add_implication(variables[0], literal)
            elif most:
                self.model.add(cp_model.LinearExpr.sum(variables) <= most * literal)
        return literal

    # Posting.

    def slack(self, setting: Setting, most: int = 1, unit: int = 1) -> Var | int:
        """Return 0 for a hard rule, else a variable up to `most` that costs `unit` of the rule's amount."""
        if setting.hard or most <= 0:
            return 0
        variable = self.model.new_int_var(0, most, "")
        self.amounts[setting.rule.id].append((unit, variable))
        return variable

    def limit(
        self, setting: Setting, variables: Sequence[Var], most: int, factors: Sequence[int] | None = None
    ) -> None:
        """Post sum of factors times variables <= most, or its excess as the amount of a soft rule."""
        factors = [1] * len(variables) if factors is None else list(factors)
        reach = sum(f * top(v) for f, v in zip(factors, variables, strict=True) if f > 0)
        if reach > most:
            total = cp_model.LinearExpr.weighted_sum(variables, factors)
            self.model.add(total <= most + self.slack(setting, reach - most))

    def require(
        self, setting: Setting, variables: Sequence[Var], least: int, factors: Sequence[int] | None = None
    ) -> None:
        """Post sum of factors times variables >= least, or what is missing as the amount of a soft rule."""
        factors = [1] * len(variables) if factors is None else list(factors)
        total = cp_model.LinearExpr.weighted_sum(variables, factors)
        if least > 0:
            self.model.add(total + self.slack(setting, least) >= least)

    def charge(self, setting: Setting, amounts: Ints) -> None:
        """Make each row's amount cost, or forbid rows with an amount when the rule is hard.

        The rows of one plan entry cost the same, because the amounts of soft rules are in the prices.
        """
        numbers = np.flatnonzero(amounts)
        if not len(numbers):
            return
        for (plan,), members in groups(self.plan_of_row[numbers]):
            if setting.hard:
                self._forbid(plan, numbers[members])
            else:
                amount = int(amounts[numbers[members[0]]])
                self.amounts[setting.rule.id].append((amount, self.plan_vars[plan]))

    def _forbid(self, plan: int, members: Ints) -> None:
        if len(members) == len(self.plan_rows[plan]):
            self.model.add(self.plan_vars[plan] == 0)
        elif self.exact:
            for member in members:
                self.model.add(self.row_vars[int(member)] == 0)
