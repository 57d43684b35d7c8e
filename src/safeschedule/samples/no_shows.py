"""How likely it is that a made-up client stays away, by kind of appointment and lead time."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from safeschedule.problem import Kind, Problem, Request

LEADS = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 15), (16, 30), (31, 60))
"""Days from booking to the appointment, in bands."""

MISSED = (0.046, 0.21, 0.23, 0.25, 0.28, 0.31, 0.34)
"""No-shows by lead time: counted in 110,527 appointments for same day, next day, 4 to 7 and 31 to 60 days;
that the others lie between these is an assumption."""

FIRST, FOLLOWING = 0.37, 0.10
"""No-shows of first appointments (papers: 31 to 43 %) and of the following ones (8 to 12 %): the middles."""

_LEADS_FIRST = (0.03, 0.04, 0.08, 0.20, 0.30, 0.25, 0.10)
_LEADS_FOLLOWING = (0.08, 0.07, 0.10, 0.40, 0.25, 0.08, 0.02)
"""How far ahead appointments are booked: assumptions."""


class NoShows:
    """Draws lead times, and says how likely a no-show then is.

    The counted figures give the shape over the lead time, the literature the level: the mean over all lead
    times is `FIRST` or `FOLLOWING`, or what the problem says of the client or session type.
    """

    def __init__(self, problem: Problem) -> None:
        self._types = problem.by_code.session_types
        self._clients = problem.by_code.clients

    def lead(self, request: Request, rng: np.random.Generator) -> tuple[int, float]:
        """Return a lead time in days, and the likelihood of a no-show with it."""
        first = self._types[request.session_type].kind is Kind.INTAKE
        shares = _LEADS_FIRST if first else _LEADS_FOLLOWING
        band = int(rng.choice(len(LEADS), p=shares))
        level = self._stated(request)
        if level is None:
            level = FIRST if first else FOLLOWING
        mean = sum(share * missed for share, missed in zip(shares, MISSED, strict=True))
        likely = min(0.95, level * MISSED[band] / mean)
        least, most = LEADS[band]
        return int(rng.integers(least, most + 1)), likely

    def _stated(self, request: Request) -> float | None:
        own = self._clients[request.client].attendance
        stated = self._types[request.session_type].attendance if own is None else own
        return None if stated == Decimal(1) else float(1 - stated)
