"""Check of the rule ``access``: as much access as fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeschedule.problem import Request, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each request with sessions that are not in the schedule, and their value."""
    for request in week.requests.values():
        missing = request.count - len(week.served(request.id))
        if missing <= 0:
            continue
        if amount := missing * _value(week, setting, request):
            found = wording.count(missing, "session")
            sentence = f"{request.client} goes without {found} of the request {request.id}."
            who, limit = (request.client, request.id), wording.count(request.count, "session")
            yield report(setting, who, None, f"{found} left out", limit, sentence, amount)


def _value(week: Week, setting: Setting, request: Request) -> int:
    value = setting.whole("priority") * request.priority
    client = week.clients.get(request.client)
    if client is None:
        return value
    waited = min(_weeks(client.waiting_since, week, 0), setting.whole("waiting_weeks"))
    value += setting.whole("waiting") * waited
    band = week.bands.get(client.band)
    if band is not None:
        overdue = min(_weeks(client.last_contact, week, band.contact_days), setting.whole("overdue_weeks"))
        value += setting.whole("band") * band.rank + setting.whole("overdue") * overdue
    return value


def _weeks(since: date | None, week: Week, allowed: int) -> int:
    """Return the full weeks from a date to the week's start, after `allowed` days."""
    if since is None:
        return 0
    return max(0, (week.problem.week_start - since).days - allowed) // 7
