"""Which clinicians plan again together: around requests left out, and nobody who is busy."""

from __future__ import annotations

import numpy as np

from safeschedule.model.candidates import candidates
from safeschedule.model.index import Index
from safeschedule.samples import generate
from safeschedule.solving.parts import State
from safeschedule.solving.search.operators.regrouping import Regrouper

SIZE = 6


def test_sets_can_take_what_is_left_out() -> None:
    """If it fails, plans are made again where nothing that is left out could go."""
    index = Index(generate(12, 3))
    rows = candidates(index)
    new = np.array([index.clients[c].clinician is None for c in index.request_client], dtype=bool)
    open_rows = rows.of_requests(new)
    regrouper = Regrouper(index, rows, open_rows, np.ones(len(rows)), SIZE, seed=1)
    nothing = State(np.zeros(len(rows), dtype=bool), (0,))
    busy = {0, 5}
    takers = set(np.unique(rows.clinician[open_rows]).tolist())
    seen: set[int] = set()
    for _ in range(30):
        people = regrouper.draw(nothing, busy)
        assert 1 <= len(people) == len(set(people)) <= SIZE
        assert not busy & set(people)
        assert set(people) <= takers
        seen |= set(people)
    assert len(seen) > SIZE


def test_nothing_left_out() -> None:
    """If it fails, plans are made again although everything open is placed."""
    index = Index(generate(4, 1))
    rows = candidates(index)
    regrouper = Regrouper(index, rows, np.zeros(len(rows), dtype=bool), np.ones(len(rows)), SIZE, seed=1)
    assert regrouper.draw(State(np.zeros(len(rows), dtype=bool), (0,)), ()) == []
