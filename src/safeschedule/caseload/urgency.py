"""Which requests are urgent: for planning again, and for whoever reads a week."""

from __future__ import annotations

from safeschedule.problem import Flag, Kind, Problem, Request

_FIRST = 5


def urgent_requests(problem: Problem) -> frozenset[str]:
    """Return the codes of the requests that are urgent.

    Those with priority 5, those for a session of the kind crisis, and those of clients who carry the flag
    ``crisis_risk`` or are in a band marked high acuity. What was left out of the week before is not placed
    by planning again, urgent or not: only what changes have displaced or added.
    """
    crisis = {kind.id for kind in problem.session_types if kind.kind is Kind.CRISIS}
    high = {band.id for band in problem.bands if band.high_acuity}
    at_risk = {c.id for c in problem.clients if c.band in high or Flag.CRISIS_RISK in c.flags}

    def urgent(request: Request) -> bool:
        return request.priority >= _FIRST or request.session_type in crisis or request.client in at_risk

    return frozenset(request.id for request in problem.requests if urgent(request))
