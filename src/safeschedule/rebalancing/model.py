"""Transfers as a CP-SAT model, in which clients who are alike are counted and not told apart.

Of each pool it says how many clients leave, and of each profile how many join each clinician. Who exactly
goes where is left open: any client of a pool will do, and in a smallest set nobody gives and takes
clients of one profile, because to keep the one and pass on the other moves fewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from safeschedule.rebalancing.bounds import BOUNDS, CAP, SPREAD, Bounds
from safeschedule.rebalancing.movable import Pool, Profile

Terms = list[tuple[int, cp_model.IntVar]]
"""What is added up: factors and variables."""


@dataclass(frozen=True)
class Counts:
    """A solution: how many clients leave each pool, and how many of a profile join each clinician."""

    leaving: Mapping[Pool, int]
    joining: Mapping[tuple[Profile, str], int]
    new: Mapping[Profile, int]


class TransferModel:
    """The model of one team.

    Parameters
    ----------
    bounds
        What is carried, and what may be.
    pools
        Clients who may move.
    hard
        Whether everybody has to be inside all bounds; otherwise nobody may be further over one than today.
    most
        The most transfers.
    hired
        Whether clients may go to new colleagues, who have no caps (to tell what is missing).
    """

    def __init__(
        self,
        bounds: Bounds,
        pools: Sequence[Pool],
        *,
        hard: bool,
        most: int | None = None,
        hired: bool = False,
    ) -> None:
        self.model = cp_model.CpModel()
        self.bounds, self.pools = bounds, pools
        self.leaving = {pool: self.model.new_int_var(0, len(pool.clients), "") for pool in pools}
        self.joining: dict[tuple[Profile, str], cp_model.IntVar] = {}
        self.new: dict[Profile, cp_model.IntVar] = {}
        self._of: dict[str, list[tuple[Profile, cp_model.IntVar, int]]] = {code: [] for code in bounds.points}
        self._flow(hired)
        self.excess = self._bound(hard)
        if most is not None:
            self.model.add(added(self.moved) <= most)

    def _flow(self, hired: bool) -> None:
        """Whoever leaves joins somebody else."""
        profiles: dict[Profile, list[Pool]] = {}
        for pool in self.pools:
            profiles.setdefault(pool.profile, []).append(pool)
            self._of[pool.giver].append((pool.profile, self.leaving[pool], -1))
        for profile, own in profiles.items():
            most = sum(len(pool.clients) for pool in own)
            joining: Terms = []
            for code in profile.takers:
                variable = self.model.new_int_var(0, most, "")
                self.joining[profile, code] = variable
                self._of[code].append((profile, variable, 1))
                joining.append((1, variable))
            if hired:
                self.new[profile] = self.model.new_int_var(0, most, "")
                joining.append((1, self.new[profile]))
            leaving = [(-1, self.leaving[pool]) for pool in own]
            self.model.add(added([*joining, *leaving]) == 0)

    def _bound(self, hard: bool) -> dict[str, Terms]:
        """Keep everybody inside, or count by how much they are over; return these variables by bound."""
        excess: dict[str, Terms] = {bound: [] for bound in BOUNDS}
        for code, flows in self._of.items():
            if not flows:
                continue
            if code in self.bounds.most_sessions:
                more = added([(profile.sessions * sign, v) for profile, v, sign in flows])
                self.model.add(more <= self.bounds.most_sessions[code] - self.bounds.sessions[code])
            for bound in BOUNDS:
                if code not in self.bounds.most[bound]:
                    continue
                before, limit = self.bounds.carried(bound)[code], self.bounds.most[bound][code]
                change = self._change(code, bound)
                if not hard and before > limit:
                    over = self.model.new_int_var(0, before - limit, "")
                    excess[bound].append((1, over))
                    change.append((-1, over))
                self.model.add(added(change) <= limit - before)
        return excess

    @property
    def moved(self) -> Terms:
        """How many clients move."""
        return [(1, variable) for variable in self.leaving.values()]

    def continuity(self) -> list[Terms]:
        """Return what transfers cost clients, in the order in which it counts."""
        items = self.leaving.items()
        return [
            [(1, v) for pool, v in items if pool.profile.high],
            [(1, v) for pool, v in items if pool.processing],
            [(pool.counted, v) for pool, v in items],
        ]

    def beyond_the_team(self) -> Terms:
        """Return by how many points takers come over the team's share of their caps; fewer is more even."""
        share = self.bounds.share
        found: Terms = []
        for code in sorted({code for _, code in self.joining}) if share is not None else ():
            cap, before = self.bounds.most[CAP].get(code), self.bounds.points[code]
            if cap is None or share is None:
                continue
            even = max(before, int(share * cap))
            over = self.model.new_int_var(0, max(0, max(cap, before) - even), "")
            self.model.add(added([*self._change(code, CAP), (-1, over)]) <= even - before)
            found.append((1, over))
        return found

    def _change(self, code: str, bound: str) -> Terms:
        """Return by how much a clinician carries more than today."""
        return [(_weight(bound, profile) * sign, v) for profile, v, sign in self._of[code]]

    def forbid(self, counts: Counts) -> None:
        """Ask for a set that moves other clients than one of the same size."""
        fewer = []
        for pool, count in counts.leaving.items():
            if count:
                other = self.model.new_bool_var("")
                self.model.add(self.leaving[pool] <= count - 1).only_enforce_if(other)
                fewer.append(other)
        self.model.add_bool_or(fewer)


def added(terms: Terms) -> cp_model.LinearExprT:
    """Return terms as one sum."""
    return cp_model.LinearExpr.weighted_sum([v for _, v in terms], [factor for factor, _ in terms])


def _weight(bound: str, profile: Profile) -> int:
    return profile.points if bound in (CAP, SPREAD) else int(profile.high)
