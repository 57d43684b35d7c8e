"""Whom requests are offered that many could take: of a large team only those with the most time."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints

_OFFERED = 4


def offered_to(index: Index, suits: Bools, requests: Ints) -> Bools:
    """Return by request and clinician who is asked for open requests in a construction.

    Each is offered to those who could take it with the largest share of their time left, when everybody
    sees all clients who can come to nobody else, and the first one asked takes it.
    """
    minutes = index.request_minutes[: len(suits)] * index.counts[: len(suits)]
    time = np.array([sum(b - a for a, b in spans) for spans in index.ahead], dtype=np.float64)
    bound = suits.sum(axis=1) == 1
    bound[requests] = False
    load = minutes[bound].astype(np.float64) @ suits[bound]
    found = np.zeros_like(suits)
    for request in requests.tolist():
        able = np.flatnonzero(suits[request])
        if not len(able):
            continue
        share = load[able] / np.maximum(time[able], 1.0)
        asked = able[np.argsort(share, kind="stable")[:_OFFERED]]
        found[request, asked] = True
        load[asked[0]] += minutes[request]
    return found
