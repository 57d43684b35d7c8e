"""Who exactly goes where: counts of clients who are alike, as transfers."""

from __future__ import annotations

from decimal import Decimal

from safeschedule.rebalancing.answers import Transfer
from safeschedule.rebalancing.model import Counts
from safeschedule.rebalancing.movable import Pool, Profile


def transfers_of(counts: Counts) -> tuple[Transfer, ...]:
    """Return the transfers of a solution, by giver and client."""
    joining: dict[Profile, list[str]] = {}
    for (profile, code), number in sorted(counts.joining.items()):
        joining.setdefault(profile, []).extend([code] * number)
    found: list[Transfer] = []
    leaving = sorted(counts.leaving.items(), key=lambda entry: (entry[0].giver, entry[0].clients))
    for pool, number in leaving:
        for client in pool.clients[:number]:
            takers = joining[pool.profile]
            # A set that is not proven to be smallest might pass on to oneself; such a client stays.
            taker = next((code for code in takers if code != pool.giver), pool.giver)
            takers.remove(taker)
            if taker != pool.giver:
                found.append(_transfer(client, taker, pool, pool.clients[number:]))
    return tuple(sorted(found, key=lambda each: (each.giver, each.client)))


def _transfer(client: str, taker: str, pool: Pool, instead: tuple[str, ...]) -> Transfer:
    return Transfer(
        client=client,
        giver=pool.giver,
        taker=taker,
        points=Decimal(pool.profile.points) / 100,
        high_acuity=pool.profile.high,
        in_processing=pool.processing,
        weeks=pool.weeks,
        weeks_counted=pool.counted,
        instead=instead,
    )
