"""Check of the rule ``urgent_access``: urgent work first."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.session_value import is_urgent, value
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each urgent request with sessions that are not in the schedule, and their value."""
    for request in week.requests.values():
        missing = request.count - len(week.served(request.id))
        if missing <= 0 or not is_urgent(week, request):
            continue
        if amount := missing * value(week, request):
            found = wording.count(missing, "session")
            sentence = f"{request.client} goes without {found} of the urgent request {request.id}."
            who, limit = (request.client, request.id), wording.count(request.count, "session")
            yield report(setting, who, None, f"{found} left out", limit, sentence, amount)
