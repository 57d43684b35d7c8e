"""The same week with open requests pooled: a relaxation that stays small in large teams.

Every clinician could see every new client (and everyone with the skill those whose own clinician is away), so
their half-days are most of a large team's plan layer. For a bound it is enough that each clinician has, for
each class of new clients (the session they ask for, their points, whether of high acuity, the flags that make
sessions intense), a pool of sessions at any time, that as many are taken from all pools as new clients are
seen, and that they fit the clinician's caps. What only a client's own windows, skills or wishes forbid is
left out, which relaxes (aggregation of columns; Rogers and others 1991, doi:10.1287/opre.39.4.553).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.encoders import caseload_cap, high_acuity_cap
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.points import high_acuity, points_of
from safeschedule.model.session_value import earned
from safeschedule.problem import AllowedMode, Client, Flag, Problem, Request
from safeschedule.solving.objective import Objective, level_objective
from safeschedule.solving.objective_constant import stakes
from safeschedule.solving.profit import best_gains, demanded, earnings_of
from safeschedule.solving.relaxation.hosts import any_host
from safeschedule.solving.relaxation.linear_program import Linear, Row, linear_of
from safeschedule.solving.tiers import Level, levels_of, ranked_tiers

# A request of a known client is pooled when more clinicians than this could take it.
_MANY = 6

Class = tuple[str, int, bool, int, tuple[Flag, ...]]
"""Session type, points in hundredths, whether of high acuity, sessions asked for, flags that make intense."""


@dataclass(frozen=True)
class Pooled:
    """The relaxation as a linear system.

    Parameters
    ----------
    system
        The plan layer of the pooled week, with one more variable for each pooled request: how many of its
        sessions are held.
    objectives, stakes
        Of the tiers, strongest first; and what each is worth when every session is held without a penalty.
    members
        Numbers of the pooled requests.
    values
        By pooled request: of one of its sessions.
    build
        Of the pooled week.
    taken
        By pooled request and clinician: the numbers of the variables that take from the pool.
    sessions
        Numbers of the variables that together count all sessions.
    """

    system: Linear
    objectives: list[Objective]
    stakes: list[int]
    members: Ints
    values: Ints
    taken: dict[int, dict[int, list[int]]]
    build: Build
    sessions: list[int]

    @property
    def by_level(self) -> list[tuple[Level, Objective]]:
        """The objectives, each with the tiers of which it is made."""
        levels = levels_of(ranked_tiers(self.build.index.settings))
        return list(zip(levels, self.objectives, strict=True))


def pooled_requests(index: Index, suits: Bools) -> Ints:
    """Return the numbers of requests that can be pooled: those that many clinicians could take.

    They are those of new clients and of clients whose own clinician cannot take them. `suits` says by request
    and clinician who could.
    """
    access = index.settings.get("access")
    if access is None or access.hard:
        return np.zeros(0, dtype=np.int64)
    pinned = {pin.request for pin in index.problem.pinned_appointments}
    asked = demanded(index)
    many = suits.sum(axis=1) > _MANY
    return np.array(
        [
            number
            for number, request in enumerate(index.requests)
            if request.clinician is None
            and request.group is None
            and (_is_new(index, number) or (many[number] and not suits[number, _own(index, number)]))
            and request.id not in pinned
            and not asked[number]
        ],
        dtype=np.int64,
    )


def _own(index: Index, request: int) -> int:
    """Return the clinician of a known client."""
    return index.clinician_number[index.clients[index.request_client[request]].clinician or ""]


def _is_new(index: Index, request: int) -> bool:
    return index.clients[index.request_client[request]].clinician is None


def pooled_week(index: Index, suits: Bools) -> Pooled:
    """Return the relaxation of a week (see the module); `suits` as for `pooled_requests`."""
    members = pooled_requests(index, suits)
    problem, pools = _with_pools(index, members, suits)
    relaxed = Index(problem, pools, index.over)
    build = encode(relaxed, any_host(relaxed, candidates(relaxed)), exact=False)
    held = _pool_variables(build, pools)
    system = linear_of(build.model)
    first = len(system.lower)
    counts = index.counts[members].astype(np.float64)
    system = replace(
        system,
        lower=np.append(system.lower, np.zeros(len(members))),
        upper=np.append(system.upper, counts),
    )
    objectives = _objectives(build, index, members, first, held)
    taken: dict[int, dict[int, list[int]]] = {}
    more: list[Row] = []
    for kind, places in classes_of(index, members).items():
        pool = {c: variables for (k, c), variables in held.items() if k == kind}
        row = [(1.0, first + n) for n in places]
        row += [(-1.0, v) for variables in pool.values() for v in variables]
        more.append((row, -np.inf, 0.0))
        for n in places:
            taken[int(members[n])] = pool
    system = system.with_rows([*more, *_caps(index, held)])
    values = earnings_of(index, ranked_tiers(index.settings))[:, members].sum(axis=0)
    pooled = {v for variables in held.values() for v in variables}
    visits = [build.plan_vars[entry].index for entry in np.flatnonzero(build.plan.is_visit)]
    sessions = [v for v in visits if v not in pooled] + list(range(first, first + len(members)))
    return Pooled(system, objectives, _stakes(index), members, values, taken, build, sessions)


def _stakes(index: Index) -> list[int]:
    found = stakes(index)

    def of_tier(tier: Tier) -> int:
        return sum(value for name, value in found.items() if index.settings[name].tier is tier)

    levels = levels_of(ranked_tiers(index.settings))
    return [sum(share * of_tier(tier) for tier, share in level) for level in levels]


def classes_of(index: Index, members: Ints) -> dict[Class, list[int]]:
    """Return positions in `members` by class."""
    found: dict[Class, list[int]] = {}
    asked = np.bincount(index.asking_client, minlength=len(index.clients))
    for position, number in enumerate(members.tolist()):
        request, client = index.requests[number], index.clients[index.request_client[number]]
        # The caps count a new client once, whatever it asks for: with several requests they say nothing here.
        once = _is_new(index, number) and asked[index.request_client[number]] == 1
        points = points_of(index, client) if once else 0
        acute, flags = once and high_acuity(index, client), index.raising_flags[index.request_client[number]]
        key = (request.session_type, points, acute, request.count, flags)
        found.setdefault(key, []).append(position)
    return dict(sorted(found.items()))


def _caps(index: Index, held: dict[tuple[Class, int], list[int]]) -> Iterator[Row]:
    """Yield rows that keep each clinician's pools inside the hard caps.

    A client counts with its first session, so each session with its share of those asked for.
    """
    mine: dict[int, list[tuple[Class, int]]] = {}
    for (kind, clinician), variables in held.items():
        mine.setdefault(clinician, []).extend((kind, v) for v in variables)
    caps = {"caseload_cap": caseload_cap.headroom, "high_acuity_cap": high_acuity_cap.headroom}
    for name, headroom in caps.items():
        setting = index.settings.get(name)
        if setting is None or not setting.hard:
            continue
        for clinician, pools in mine.items():
            row = [(_counted(name, kind), v) for kind, v in pools if _counted(name, kind)]
            if row:
                yield row, -np.inf, float(headroom(index, setting, clinician))


def _counted(name: str, kind: Class) -> float:
    """Return what a session of the class adds to a cap."""
    _, points, high, count, _ = kind
    return (points if name == "caseload_cap" else int(high)) / count


def _with_pools(index: Index, members: Ints, suits: Bools) -> tuple[Problem, dict[str, tuple[Class, int]]]:
    """Return the week with a pool for each class and clinician, and (class, clinician) by request."""
    problem = index.problem
    gone = {index.requests[m].id for m in members}
    plain = min(index.bands.values(), key=lambda band: (band.high_acuity, band.rank))
    clients, requests, pools = [], [], {}
    for kind, places in classes_of(index, members).items():
        mine = members[places]
        count = int(index.counts[mine].sum())
        for clinician in np.flatnonzero(suits[mine].any(axis=0)).tolist():
            code = f"\0{kind}\0{clinician}"
            person = index.clinicians[clinician].id
            # Of a client's points each session has its share.
            share, flags = Decimal(kind[1]) / 100 / kind[3], kind[-1]
            clients.append(
                Client.model_construct(id=code, band=plain.id, points=share, days_between=0, flags=flags)
            )
            requests.append(
                Request.model_construct(
                    id=code,
                    client=code,
                    session_type=kind[0],
                    count=count,
                    clinician=person,
                    mode=AllowedMode.EITHER,
                )
            )
            pools[code] = (kind, clinician)
    changed = problem.model_copy(
        update={
            "clients": (*problem.clients, *clients),
            "requests": (*(r for r in problem.requests if r.id not in gone), *requests),
        }
    )
    return changed, pools


def _pool_variables(build: Build, pools: dict[str, tuple[Class, int]]) -> dict[tuple[Class, int], list[int]]:
    held: dict[tuple[Class, int], list[int]] = {}
    numbers = {n: pools[request.id] for n, request in enumerate(build.index.requests) if request.id in pools}
    for entry, request in enumerate(build.plan.request.tolist()):
        if request in numbers:
            held.setdefault(numbers[request], []).append(build.plan_vars[entry].index)
    return held


def _objectives(
    build: Build, index: Index, members: Ints, first: int, held: dict[tuple[Class, int], list[int]]
) -> list[Objective]:
    """Return the tiers' objectives; pooled sessions earn by the request, not by where they are held.

    What they spare of a rule's amount by being early counts as if they were as early as can be.
    """
    pooled = {v for variables in held.values() for v in variables}
    tiers = ranked_tiers(build.index.settings)
    gains = best_gains(index, tiers)[:, members] + earnings_of(index, tiers)[:, members]
    found = []
    earning = {setting.tier for setting, _ in earned(index)}
    for level, gained in zip(levels_of(tiers), gains, strict=True):
        objective = level_objective(build, level)
        if any(tier in earning for tier, _ in level):
            objective = [(f, v) for f, v in objective if v not in pooled or f < 0]
        objective += [(int(gained[n]), first + n) for n in np.flatnonzero(gained).tolist()]
        found.append(objective)
    return found
