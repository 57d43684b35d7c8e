"""More people are referred."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from safeschedule.frozen import FrozenDict, frozen
from safeschedule.problem import AllowedMode, Client, Kind, Request
from safeschedule.problem.entity import Code
from safeschedule.scenarios.change import Part, ScenarioChange
from safeschedule.scenarios.drawing import by_shares, in_order
from safeschedule.scenarios.making import Making

Shares = Annotated[dict[Code, Part], Field(max_length=100), AfterValidator(frozen)]


class MoreReferrals(ScenarioChange):
    """New clients ask for a first session; when they can come is as of clients who are there.

    Parameters
    ----------
    count
        How many.
    mix
        Shares of acuity bands among them; empty: as among clients who have nobody yet, or among all.
    session_type
        What they ask for; ``None``: the first session type of the kind intake.
    priority
        That of their requests.
    waited_days
        How long they have waited when the week begins.
    """

    name: ClassVar[str] = "referrals"
    main: ClassVar[str] = "count"
    example: ClassVar[str] = "referrals = {count = 6, mix = {moderate = 0.5, high = 0.5}}"

    count: int = Field(ge=1, le=10_000, strict=True)
    mix: Shares = FrozenDict()
    session_type: Code | None = None
    priority: int = Field(default=3, ge=1, le=5, strict=True)
    waited_days: int = Field(default=0, ge=0, le=3650, strict=True)

    def apply(self, making: Making) -> None:
        """Add the clients with a request each."""
        kind = self._kind(making)
        bands = [band.id for band in making.problem.bands]
        sound = making.knows("mix", self.mix, bands, "id of an acuity band")
        if self.mix and not any(self.mix.values()):
            making.fault("out_of_range", "mix", 0, "a share over 0")
            sound = False
        if kind is None or not sound:
            return
        problem = making.problem
        alike = in_order(problem.clients, making.draws("referrals"))
        since = problem.week_start - timedelta(days=self.waited_days)
        clients, requests = list(problem.clients), list(problem.requests)
        for number, band in enumerate(by_shares(self.mix or self._present(making), self.count)):
            like = alike[number % len(alike)] if alike else None
            code = making.unused(f"referred {number + 1}")
            clients.append(
                Client(
                    id=code,
                    band=band,
                    windows=() if like is None else like.windows,
                    preferred=() if like is None else like.preferred,
                    waiting_since=since,
                )
            )
            requests.append(
                Request(
                    id=making.unused(f"first of {code}"),
                    client=code,
                    session_type=kind,
                    priority=self.priority,
                    mode=AllowedMode.EITHER,
                )
            )
        making.update(clients=tuple(clients), requests=tuple(requests))

    def _kind(self, making: Making) -> str | None:
        types = {kind.id: kind for kind in making.problem.session_types}
        named = self.session_type
        if named is None:
            named = next((kind.id for kind in types.values() if kind.kind is Kind.INTAKE), None)
            if named is None:
                making.fault(
                    "missing_field", "session_type", None, "a session type: none is of the kind intake"
                )
                return None
        elif not making.knows_one("session_type", named, types, "id of a session type"):
            return None
        if types[named].smallest > 1 or types[named].facilitators > 1:
            making.fault(
                "needs_group", "session_type", named, "a session type for one client and one clinician"
            )
            return None
        return named

    def _present(self, making: Making) -> dict[str, float]:
        clients = making.problem.clients
        new = [client for client in clients if client.clinician is None] or list(clients)
        found: dict[str, float] = {band.id: 0 for band in making.problem.bands}
        for client in new:
            found[client.band] += 1
        if not any(found.values()):
            found = dict.fromkeys(found, 1)
        return found


CHANGE = MoreReferrals
