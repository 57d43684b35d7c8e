"""One search as far as it has come: what its phases work on and hand to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.candidates import candidates, suiting
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows, join_rows
from safeschedule.processors import processors
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import team_blocks
from safeschedule.solving.parameters import SearchParameters
from safeschedule.solving.parts import Solver
from safeschedule.solving.processes import WorkerPool
from safeschedule.solving.profit import worth_of_rows
from safeschedule.solving.progress import OnProgress
from safeschedule.solving.relaxation.aggregation import pooled_requests
from safeschedule.solving.relaxation.hosts import few_hosts
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.construction import confirm, construct
from safeschedule.solving.search.proofs import Proofs
from safeschedule.solving.search.timeline import Timeline
from safeschedule.solving.states import State
from safeschedule.solving.streaming import Draw, Learn, stream
from safeschedule.solving.subproblem import Whole, whole_of


class Search:
    """One solve of one problem, as far as it has come.

    Parameters
    ----------
    index
        The problem.
    seed, workers
        Of the solver: `workers` parts are solved side by side. With a deterministic limit both fix the
        schedule; otherwise no more than there are processors are used.
    gap
        Stop when the distance to the bound is at most this fraction of the whole objective.
    parameters
        What it is tuned by.

    Attributes
    ----------
    rows, solver
        The placements that are searched over now, and what solves parts of them.
    whole
        The model of all placements, if it was made.
    open, team
        The placements of requests that several clinicians could take, and of the team's blocks.
    current, best, settled, constructed
        Schedules: from which the search goes on; the incumbent; the last one whose values are exact; the
        first one.
    plan
        ``None`` before there is one.
    closed
        Whether no further phase is to begin; `infeasible`: because there is no schedule, which is proven.
    """

    pool: Executor

    def __init__(
        self,
        index: Index,
        budget: Budget,
        *,
        seed: int = 0,
        workers: int = 8,
        gap: float = 0.0,
        on_progress: OnProgress | None = None,
        parameters: SearchParameters | None = None,
    ) -> None:
        self.index, self.budget, self.seed, self.workers = index, budget, seed, workers
        self.parameters = parameters or SearchParameters()
        size, count = self.parameters.size, len(index.clinicians)
        self.proofs = Proofs(index, gap, all_at_once=count <= size.all_tiers_up_to)
        self.timeline = Timeline(budget, on_progress)
        self.wide = count >= size.wide_from
        self.pooled = self.wide or count >= size.pooled_from
        self.suits = suiting(index)
        self.offered: Bools = np.zeros_like(self.suits)
        self.homes: Ints = np.zeros(0, dtype=np.int64)
        self.current: State | None = None
        self.best: State | None = None
        self.settled: State | None = None
        self.constructed: State | None = None
        self.closed = self.infeasible = False
        self._apart: WorkerPool | None = None
        self._use(self._first_rows())

    def _first_rows(self) -> Rows:
        """Return the placements to begin with; those of open requests come later in a large team."""
        if not self.wide:
            return candidates(self.index, self.suits)
        offered = self.suits.copy()
        offered[pooled_requests(self.index, self.suits)] = False
        return few_hosts(self.index, candidates(self.index, offered), self.seed)

    def _use(self, rows: Rows) -> None:
        """Search over these rows from now on."""
        self.rows = rows
        self.whole: Whole | None = None
        self.solver = self._solver(self.proofs.pursued)
        self.open = self._open_requests()
        self.team = team_blocks(rows)

    def _solver(self, tiers: Sequence[Tier]) -> Solver:
        pool = self._apart
        helpers = None if pool is None else pool.on(self.index, self.rows, tiers, self.seed, self.whole)
        return Solver(self.index, self.rows, tiers, self.budget, self.seed, self.whole, helpers)

    @contextmanager
    def helped(self) -> Iterator[None]:
        """Have parts solved in processes of their own, where there is time enough to start them."""
        least = self.parameters.processes
        if len(self.index.clinicians) < least.from_clinicians or self.budget.limit < least.seconds:
            yield
            return
        try:
            pool = WorkerPool(self.threads, self.budget.stop)
        except OSError:
            # Python is part of another program, or may start none: threads do the same.
            yield
            return
        with pool as self._apart:
            self.solver = self._solver(self.proofs.pursued)
            yield
            self._apart = None
            self.solver = self._solver(self.proofs.pursued)

    def _open_requests(self) -> Bools:
        """Return the rows of sessions that more than one clinician could take."""
        sessions = np.flatnonzero(self.rows.is_session)
        several = np.zeros(len(self.index.requests), dtype=bool)
        pairs = np.unique(np.stack([self.rows.request[sessions], self.rows.clinician[sessions]]), axis=1)
        several[np.flatnonzero(np.bincount(pairs[0], minlength=len(several)) > 1)] = True
        return self.rows.of_requests(several)

    @property
    def plan(self) -> Plan | None:
        """The plan, whose relaxation bounds every schedule."""
        return self.proofs.plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self.proofs.plan = plan

    @property
    def people(self) -> range:
        """Numbers of all clinicians."""
        return range(len(self.index.clinicians))

    def widen(self, more: Rows) -> None:
        """Add rows; those that there were keep their numbers."""
        self._use(join_rows([self.rows, more]))
        if self.best is not None:
            chosen = np.append(self.best.chosen, np.zeros(len(more), dtype=bool))
            self.current = self.best = replace(self.best, chosen=chosen, assignment=None)
            self.constructed = self.settled = self.best

    def encode_whole(self, share: float) -> None:
        """Encode the model of all rows, out of which parts are cut from now on, if there is time.

        Where it takes more than a share of what is left (in large teams), each part is encoded by itself.
        """
        late = self.parameters.times.row_seconds * len(self.rows) > share * self.budget.left
        if self.whole is not None or late or self.budget.over:
            return
        try:
            self.whole = whole_of(encode(self.index, self.rows, recording=True), self.proofs.tiers)
        except ValueError:
            # A rule of one's own posts what cannot be said in rows: its parts are encoded one by one.
            return
        self.solver = self._solver(self.proofs.pursued)
        if self.current is not None:
            self.current = self.solver.look(self.current.chosen) or self.current

    def stream(self, draw: Draw, learn: Learn, depth: int | None = None) -> None:
        """Go on from what parts come to that are solved side by side (see `streaming.stream`).

        Parameters
        ----------
        depth
            How many are under way at a time; ``None``: as many as `threads`.
        """
        assert self.current is not None
        depth = self.threads if depth is None else depth
        self.take(stream(self.solver, self.pool, self.current, draw, learn, depth))

    def take(self, state: State) -> None:
        """Go on from a schedule; it is the incumbent if it is the best."""
        self.current = state
        if self.best is None or state.values > self.best.values:
            self.best = state
            self.tell()

    def settle(self) -> None:
        """Take the exact values of the current schedule; go back to an earlier one if it is at fault."""
        assert self.current is not None
        # What was found in the whole model has exact values.
        exact = self.whole is not None and self.current.assignment is not None
        state = self.current if exact else self.solver.look(self.current.chosen)
        if state is None:
            # Changes that were found side by side clash in a way that was not foreseen.
            known = [each for each in (self.settled, self.constructed) if each is not None]
            self.current = self.best = max(known, key=lambda each: each.values, default=None)
            return
        self.settled = state
        self.best = state if self.best is None or state.values >= self.best.values else self.best
        # What was constructed may be better than what a plan came to in the time.
        self.current = self.best
        self.tell()

    def pursue_all(self) -> State | None:
        """Go by all tiers from now on; return the schedule to go on from, if there is one."""
        self.settle()
        tiers = self.proofs.tiers
        solver = self._solver(tiers)
        found = None if self.current is None else solver.look(self.current.chosen)
        if found is not None:
            self.proofs.pursued, self.solver = tiers, solver
            self.current = self.best = self.settled = self.constructed = found
        return found

    def completed(self, state: State, over: Callable[[], bool], allowed: Bools | None = None) -> State:
        """Return a schedule with what a construction puts round it; as it is, where that is refused.

        Parameters
        ----------
        allowed
            The sessions that may be put on; ``None``: all.
        """
        worth = worth_of_rows(self.index, self.rows, self.proofs.tiers)
        if allowed is not None:
            worth[:, self.rows.is_session & ~allowed] = -1.0
        built = construct(self.index, self.rows, worth, over, state.chosen)
        return confirm(self.solver, built) or state

    def done(self) -> bool:
        """Return whether nothing better is to be had, as far as is known."""
        return self.proofs.done(self.current)

    def ended(self) -> bool:
        """Return whether there is no more time, or nothing more to be had."""
        return self.budget.over or self.done()

    def before(self, share: float) -> bool:
        """Return whether less than a share of the limit is used."""
        return self.budget.used < share * self.budget.limit

    def step(self, size: int) -> float:
        """Return what a part of so many clinicians may use."""
        times = self.parameters.times
        return min(times.part_limit * size, times.part_share * self.budget.whole, max(0.05, self.budget.left))

    def hurried(self, work: float, seconds: float, within: float) -> bool:
        """Return whether everybody's week takes more than `within`, when a clinician's takes so much."""
        unit = work if self.budget.repeatable else seconds / self.threads
        return within < unit * len(self.index.clinicians)

    @property
    def threads(self) -> int:
        """How many runs go on side by side: with a clock no more than there are processors."""
        return self.workers if self.budget.repeatable else min(self.workers, processors())

    def enter(self, phase: str) -> None:
        """Begin a phase."""
        self.proofs.tighten()
        self.timeline.enter(phase, self.proofs.standing(self.best))

    def tell(self) -> None:
        """Tell where the search stands."""
        self.timeline.tell(self.proofs.standing(self.best))
