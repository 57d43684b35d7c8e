"""Check of the rule ``contact_expectations``: contacts and reviews as often as the acuity band asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeschedule.problem import Client, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each client who is late for contact, and each who is due for review and has none."""
    contacts, seen = _last_contacts(week), _first_sessions(week)
    reviewed = {client for session in week.sessions if session.kind == "review" for client in session.clients}
    for code, client in week.clients.items():
        if code in contacts:
            yield from _late(week, setting, client, contacts[code], seen.get(code, len(week.dates)))
        if code not in reviewed:
            yield from _no_review(week, setting, client)


def _day(week: Week, when: date) -> int:
    return (when - week.problem.week_start).days


def _last_contacts(week: Week) -> dict[str, int]:
    """Return the date of each client's last contact; 0 is the week's first date."""
    found = {c.id: _day(week, c.last_contact) for c in week.clients.values() if c.last_contact is not None}
    for past in week.problem.history.appointments:
        day = _day(week, past.start.date())
        found[past.client] = max(day, found.get(past.client, day))
    return found


def _first_sessions(week: Week) -> dict[str, int]:
    """Return the first date of the week on which each client has a session."""
    found: dict[str, int] = {}
    for session in week.sessions:
        for client in session.clients:
            found.setdefault(client, session.day)
    return found


def _late(week: Week, setting: Setting, client: Client, last: int, seen: int) -> Iterator[Finding]:
    band = week.bands.get(client.band)
    own = client.clinician
    if own is None or own not in week.clinicians or band is None:
        return
    absences = Absences(week, own)
    late = [d for d in range(max(0, last + band.contact_days), seen) if absences.is_regular(d)]
    if late:
        found = wording.count(len(late), "working date")
        rhythm = f"every {wording.count(band.contact_days, 'day')}"
        sentence = (
            f"{client.id} is late for contact on {found} of the week, {_dates(week, late)}; "
            f"clients of the band {wording.words(band.id)} are due {rhythm}."
        )
        who, when = (client.id, own), week.moment(late[0] * 1440)
        limit = f"contact {rhythm}"
        yield report(setting, who, when, f"{found} late", limit, sentence, band.rank * len(late))


def _dates(week: Week, late: list[int]) -> str:
    if len(late) == 1:
        return week.day_name(late[0])
    return f"from {week.day_name(late[0])} to {week.day_name(late[-1])}"


def _no_review(week: Week, setting: Setting, client: Client) -> Iterator[Finding]:
    cost = setting.whole("review")
    if client.next_review is None or client.next_review > week.dates[-1] or not cost:
        return
    who = (client.id,) if client.clinician is None else (client.id, client.clinician)
    sentence = (
        f"{client.id} is due for review by {wording.day_name(client.next_review)} and has none this week."
    )
    yield report(setting, who, None, "no review", "a review", sentence, cost)
