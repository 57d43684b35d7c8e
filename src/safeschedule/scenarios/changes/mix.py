"""Another mix of acuity."""

from __future__ import annotations

from typing import ClassVar

from safeschedule.problem import Client
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.changes.referrals import Shares
from safeschedule.scenarios.drawing import in_order
from safeschedule.scenarios.making import Making


class OtherMix(ScenarioChange):
    """Clients are of other acuity bands, in given shares; as few as can be change their band.

    Parameters
    ----------
    shares
        The share of each band that is named, 1 at most in all; the bands that are not named keep their
        proportions in the rest.
    """

    name: ClassVar[str] = "mix"
    main: ClassVar[str] = "shares"
    whole: ClassVar[bool] = True
    example: ClassVar[str] = "mix = {high = 0.4, very_high = 0.1}"

    shares: Shares

    def apply(self, making: Making) -> None:
        """Draw who changes, from bands with too many into those with too few."""
        problem = making.problem
        bands = [band.id for band in sorted(problem.bands, key=lambda band: band.rank)]
        sound = making.knows("shares", self.shares, bands, "id of an acuity band")
        if sum(self.shares.values()) > 1 + 1e-9:
            making.fault("out_of_range", "shares", sum(self.shares.values()), "at most 1 in all")
            sound = False
        if not sound or not problem.clients:
            return
        now = {band: sum(client.band == band for client in problem.clients) for band in bands}
        due = _due(now, dict(self.shares))
        spare = {band: now[band] - due[band] for band in bands}
        wanted = [band for band in bands for _ in range(max(0, -spare[band]))]
        new: dict[str, str] = {}
        for client in in_order(problem.clients, making.draws("mix")):
            if wanted and spare[client.band] > 0:
                spare[client.band] -= 1
                new[client.id] = wanted.pop(0)
        making.update(clients=tuple(_of_band(client, new) for client in problem.clients))
        making.note(f"{len(new)} of {len(problem.clients)} clients are of another band")


def _due(now: dict[str, int], shares: dict[str, float]) -> dict[str, int]:
    """Return how many clients each band is to have, by largest remainders."""
    clients = sum(now.values())
    others = {band: count for band, count in now.items() if band not in shares}
    rest = max(0.0, 1 - sum(shares.values()))
    if not sum(others.values()):
        # Nobody is of the other bands: those that are named have all, as far as they have shares.
        others = {}
        whole = sum(shares.values())
        shares = (
            {band: share / whole for band, share in shares.items()}
            if whole
            else dict.fromkeys(now, 1 / len(now))
        )
        rest = 0.0
    exact = {band: share * clients for band, share in shares.items()}
    for band, count in others.items():
        exact[band] = rest * clients * count / sum(others.values())
    due = {band: int(exact.get(band, 0)) for band in now}
    by_remainder = sorted(now, key=lambda band: due[band] - exact.get(band, 0))
    for band in by_remainder[: clients - sum(due.values())]:
        due[band] += 1
    return due


def _of_band(client: Client, new: dict[str, str]) -> Client:
    return client.model_copy(update={"band": new[client.id]}) if client.id in new else client


CHANGE = OtherMix
