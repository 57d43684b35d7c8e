"""What a session of a request is worth, and which requests are urgent, on the verifier's side."""

from __future__ import annotations

from safeschedule.problem import Request, SessionType
from safeschedule.verifier.week import Week


def value(week: Week, request: Request) -> int:
    """Return the value of one session of a request by the statement of the rule ``access``."""
    setting = week.settings["access"]
    rate = setting.whole("priority") * request.priority
    client = week.clients.get(request.client)
    if client is not None:
        band = week.bands.get(client.band)
        waited = 0
        if client.waiting_since is not None:
            waited = max(0, (week.problem.week_start - client.waiting_since).days) // 7
        rate += setting.whole("waiting") * min(waited, setting.whole("waiting_weeks"))
        if band is not None:
            overdue = days_overdue(week, request.client) // 7
            rate += setting.whole("band") * band.rank
            rate += setting.whole("overdue") * min(overdue, setting.whole("overdue_weeks"))
    kind, per = week.types.get(request.session_type), setting.whole("per")
    if not per or kind is None:
        return rate
    return rate * (60 * kind.minutes + kind.minutes * protected_minutes(week, kind)) // 60 // per


def is_urgent(week: Week, request: Request) -> bool:
    """Return whether a request is urgent by the statement of the rule ``urgent_access``."""
    setting, kind = week.settings["urgent_access"], week.types.get(request.session_type)
    if request.priority >= setting.whole("priority"):
        return True
    if kind is not None and kind.kind.value in setting.names("kinds"):
        return True
    client = week.clients.get(request.client)
    band = None if client is None else week.bands.get(client.band)
    return band is not None and band.rank >= setting.whole("rank") and days_overdue(week, request.client) > 0


def days_overdue(week: Week, code: str) -> int:
    """Return by how many days, at the week's start, a client's last contact lies back too far; 0: not."""
    band, last = week.bands.get(week.clients[code].band), week.last_contacts.get(code)
    if last is None or band is None:
        return 0
    return max(0, (week.problem.week_start - last).days - band.contact_days)


def protected_minutes(week: Week, kind: SessionType) -> int:
    """Return the protected minutes that a session of a type asks for, as the rule ``access`` counts them."""
    minutes = 0
    if kind.documentation_minutes is not None:
        minutes += kind.documentation_minutes
    elif kind.kind.value in ("intake", "crisis", "court"):
        minutes += week.settings["documentation"].whole(kind.kind.value)
    if kind.recovery_minutes is not None:
        minutes += kind.recovery_minutes
    elif kind.trauma_processing:
        minutes += week.settings["recovery_buffer"].whole("minutes")
    minutes += kind.preparation_minutes or 0
    if kind.kind.value == "crisis":
        minutes += week.settings["crisis_reset"].whole("minutes")
    return minutes
