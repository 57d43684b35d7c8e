"""Peers against SafeSchedule, instance by instance: how good, and how soon we were there."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.records import Record
from benchmarks.solvers import OWN
from benchmarks.tables import gap_to, known_bounds

HEAD = ("instance", "peer", "to ours", "our gap %", "its gap %", "its s", "ours s", "times sooner")


@dataclass(frozen=True)
class Duel:
    """One peer against SafeSchedule on one instance; ``None`` where it cannot be said.

    Parameters
    ----------
    ratio
        The peer's objective over ours: below 1 is worse.
    own_gap, peer_gap
        Distance of each to the best bound known in this run, as a fraction.
    peer_seconds
        When the peer first had the objective with which it ended.
    own_seconds
        From when on ours was never less than that.
    """

    instance: str
    peer: str
    ratio: float | None
    own_gap: float | None
    peer_gap: float | None
    peer_seconds: float | None
    own_seconds: float | None

    @property
    def speed(self) -> float | None:
        """How many times sooner we were as good as the peer ended."""
        if self.peer_seconds is None or self.own_seconds is None:
            return None
        return self.peer_seconds / max(self.own_seconds, 1e-3)


def duels(found: Sequence[Record]) -> list[Duel]:
    """Return each peer's record against ours of the same instance and seed."""
    bounds = known_bounds(found)
    own = {(r["instance"], r["seed"]): r for r in found if r["solver"] == OWN}
    pairs = [
        (peer, own[peer["instance"], peer["seed"]])
        for peer in found
        if peer["solver"] != OWN and peer["status"] != "missing" and (peer["instance"], peer["seed"]) in own
    ]
    return [_duel(peer, mine, bounds[peer["instance"]]) for peer, mine in pairs]


def _duel(peer: Record, mine: Record, bound: float | None) -> Duel:
    reached = peer["objective"] if peer["verified"] else None
    scored = reached is not None and mine["verified"] and mine["objective"] > 0
    return Duel(
        instance=peer["instance"],
        peer=peer["solver"],
        ratio=reached / mine["objective"] if scored else None,
        own_gap=gap_to(mine, bound),
        peer_gap=gap_to(peer, bound),
        peer_seconds=None if reached is None else _first_time(peer, reached),
        own_seconds=None if reached is None or not mine["verified"] else lasting_time(mine, reached),
    )


def _first_time(record: Record, value: float) -> float | None:
    return next((at for at, best, _ in record["trace"] if best is not None and best >= value), None)


def lasting_time(record: Record, value: float) -> float | None:
    """Return from when on the best value was never below `value` again; ``None`` when it ended below.

    On the way a weaker tier may not be counted yet, so a value that is reached once may be lost again.
    """
    since = None
    for at, best, _ in record["trace"]:
        if best is None or best < value:
            since = None
        elif since is None:
            since = at
    return since


def report(found: Sequence[Record]) -> str:
    """Return the comparison as Markdown: a line for each instance, then the medians of each peer."""
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    by_peer: dict[str, list[Duel]] = defaultdict(list)
    for duel in duels(found):
        by_peer[duel.peer].append(duel)
        lines.append(_line(duel.instance, [duel]))
    lines += [_line("median", members) for members in by_peer.values()]
    gone = [f"{r['solver']} ({r['fault']})" for r in found if r["status"] == "missing"]
    return "\n".join([*lines, *(f"\nNot measured: {one}" for one in dict.fromkeys(gone))])


def _line(name: str, members: Sequence[Duel]) -> str:
    def middle(values: Sequence[float | None], form: str, factor: float = 1.0) -> str:
        known = [value for value in values if value is not None]
        return format(factor * statistics.median(known), form) if known else "–"

    cells = (
        name,
        members[0].peer,
        middle([d.ratio for d in members], ".4f"),
        middle([d.own_gap for d in members], ".3f", 100),
        middle([d.peer_gap for d in members], ".3f", 100),
        middle([d.peer_seconds for d in members], ".1f"),
        middle([d.own_seconds for d in members], ".1f"),
        middle([d.speed for d in members], ".3g"),
    )
    return "| " + " | ".join(cells) + " |"
