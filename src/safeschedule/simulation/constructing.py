"""A week as the search begins it: constructed session by session, and nothing after that."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.joining import joined
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.parameters import SearchParameters
from safeschedule.solving.progress import Progress
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.construction import Construction

_CONSTRUCTING = 0.05
"""Units of work of a construction: room for one, not for a second try."""


def constructed(problem: Problem, seed: int, stop: threading.Event) -> Schedule | None:
    """Return the schedule of a construction; ``None`` where it finds none."""
    index = Index(problem)
    budget = Budget(None, _CONSTRUCTING, stop)
    search = Search(
        index, budget, seed=seed, workers=1, gap=0.0, on_progress=_unheard, parameters=SearchParameters()
    )
    try:
        with ThreadPoolExecutor(max_workers=1) as search.pool:
            Construction().run(search)
    finally:
        search.proofs.finish_all()
    if search.best is None:
        return None
    return extract(index.patient, joined(index.patient, search.rows.take(search.best.chosen)))


def _unheard(_: Progress) -> None:
    """Hear nothing: weeks of a simulation are many, and soon planned."""
