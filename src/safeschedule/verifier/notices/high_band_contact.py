"""Notices of high-acuity clients who are due for contact and not seen, or not in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeschedule.problem import AcuityBand, Client
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.notice import RANK, WeekNotice
from safeschedule.verifier.week import Week


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield each client of a band marked high acuity whom nobody sees in time.

    Unseen is who has no session in the week, and either is due for contact by its last date (the last contact
    and the band's days) or has asked for sessions. Late is who has a session, but after working dates of the
    own clinician (leave or not) on or after the date on which contact is due.
    """
    contacts = _last_contacts(week)
    requests: dict[str, list[str]] = {}
    for request in week.requests.values():
        requests.setdefault(request.client, []).append(request.id)
    for code, client in week.clients.items():
        band = week.bands.get(client.band)
        if band is None or not band.high_acuity:
            continue
        due = contacts[code] + band.contact_days if code in contacts else None
        asked = tuple(requests.get(code, ()))
        seen = week.seen(code)
        if seen:
            yield from _late(week, client, band, due, seen[0].day)
        elif asked or (due is not None and due < len(week.dates)):
            yield _unseen(week, client, band, due, asked)


def _last_contacts(week: Week) -> dict[str, int]:
    """Return the date of each client's last contact; 0 is the week's first date."""
    known = ((code, client.last_contact) for code, client in week.clients.items())
    found = {code: (last - week.dates[0]).days for code, last in known if last is not None}
    for past in week.problem.history.appointments:
        day = (past.start.date() - week.dates[0]).days
        found[past.client] = max(day, found.get(past.client, day))
    return found


def _unseen(
    week: Week, client: Client, band: AcuityBand, due: int | None, asked: tuple[str, ...]
) -> WeekNotice:
    parts = [f"Nobody sees {client.id} (band {wording.words(band.id)}) this week"]
    numbers = {RANK: band.rank}
    if due is not None and due < len(week.dates):
        parts.append(_due(week, due))
        numbers["days_overdue_at_the_end"] = len(week.dates) - 1 - due
    if asked:
        parts.append(f"{wording.listing(asked)} {'is' if len(asked) == 1 else 'are'} left out")
    else:
        parts.append("nothing is asked for: add a request")
    own = () if client.clinician is None else (client.clinician,)
    return WeekNotice("high_band_unseen", True, "; ".join(parts) + ".", own, (client.id,), asked, numbers)


def _late(week: Week, client: Client, band: AcuityBand, due: int | None, seen: int) -> Iterator[WeekNotice]:
    own = client.clinician
    if due is None or own is None or own not in week.clinicians:
        return
    absences = Absences(week, own)
    late = [day for day in range(max(0, due), seen) if absences.is_regular(day)]
    if late:
        yield WeekNotice(
            "high_band_late",
            False,
            f"{client.id} (band {wording.words(band.id)}) is first seen on {week.day_name(seen)}; "
            f"{_due(week, due)}.",
            (own,),
            (client.id,),
            numbers={RANK: band.rank, "working_dates_late": len(late)},
        )


def _due(week: Week, day: int) -> str:
    when = wording.day_name(date.fromordinal(week.dates[0].toordinal() + day))
    return f"contact {'was' if day < 0 else 'is'} due by {when}"
