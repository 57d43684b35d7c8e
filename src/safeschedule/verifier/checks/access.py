"""Check of the rule ``access``: as much access as fits."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.session_value import value
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each request with sessions that are not in the schedule, and their value."""
    for request in week.requests.values():
        missing = request.count - len(week.served(request.id))
        if missing > 0 and (amount := missing * value(week, request)):
            found = wording.count(missing, "session")
            sentence = f"{request.client} goes without {found} of the request {request.id}."
            who, limit = (request.client, request.id), wording.count(request.count, "session")
            yield report(setting, who, None, f"{found} left out", limit, sentence, amount)
