"""Who is measured: SafeSchedule itself, the peers that live here, and solvers that are installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from safeschedule.solving.backend import Backend

OWN = "safeschedule"
PEERS = ("flat", "greedy")
"""Peers of benchmarks/peers; every other name is asked of ``safeschedule.solve(problem, solver=NAME)``."""


def peer(name: str) -> Backend:
    """Return a peer that lives here.

    Raises
    ------
    KeyError
        There is none of that name.
    """
    from benchmarks.peers.flat import Flat
    from benchmarks.peers.greedy import Greedy

    found: dict[str, Callable[[], Backend]] = {"flat": Flat, "greedy": Greedy}
    return found[name]()
