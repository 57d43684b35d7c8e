"""Acuity bands and clients of small problems."""

from __future__ import annotations

from decimal import Decimal

from safeschedule.problem import Flag
from safeschedule.problem.people import default_bands
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of

_FLAGS = tuple(str(flag) for flag in Flag)
ContactDays = dict[str, int]
"""Days between two contacts, by band."""


def draw_bands(draw: Draw) -> tuple[list[Entry] | None, ContactDays]:
    """Return bands, ``None`` for the default ones, and how often each asks for contact."""
    if not chance(draw, 30):
        return None, {band.id: band.contact_days for band in default_bands()}
    calm: Entry = {"id": "calm", "rank": 1, "points": one_of(draw, 1, 0, 0.75)}
    acute: Entry = {
        "id": "acute",
        "rank": 2,
        "points": one_of(draw, 2, 2.5),
        "high_acuity": True,
        "contact_days": one_of(draw, 3, 1),
    }
    return [calm, acute], {"calm": 28, "acute": acute["contact_days"]}


def draw_clients(
    draw: Draw, scene: Scene, clinicians: list[Entry], bands: ContactDays, count: int
) -> list[Entry]:
    """Return so many clients, with and without an own clinician."""
    codes = tuple(str(entry["id"]) for entry in clinicians)
    return [_client(draw, scene, f"P{number}", codes, bands) for number in range(1, count + 1)]


def _client(draw: Draw, scene: Scene, code: str, clinicians: tuple[str, ...], bands: ContactDays) -> Entry:
    band = one_of(draw, *bands)
    entry: Entry = {
        "id": code,
        "band": band,
        "clinician": one_of(draw, *clinicians) if chance(draw, 60) else None,
        "flags": some_of(draw, _FLAGS, 3),
        "windows": scene.windows(draw, 30),
        "preferred": scene.windows(draw, 25),
    }
    if chance(draw, 50):
        entry |= _dates(draw, scene, bands[band])
    if chance(draw, 25):
        entry |= _own_figures(draw)
    return entry


def _dates(draw: Draw, scene: Scene, contact_days: int) -> Entry:
    """Return when the client was last seen (often so that contact is due about this week), and the like."""
    due = one_of(draw, *(scene.date(day - contact_days) for day in (0, 3, -1, 6, 7)), scene.date(-40))
    return {
        "last_contact": one_of(draw, None, due, due),
        "waiting_since": one_of(draw, None, scene.date(-7), scene.date(-30), scene.date(2)),
        "next_review": one_of(draw, None, *(scene.date(day) for day in (2, 6, 7, -20))),
    }


def _own_figures(draw: Draw) -> Entry:
    """Return own points and limits; more than the least may always be had on a date."""
    most = one_of(draw, None, 1, 2)
    return {
        "points": one_of(draw, None, Decimal(0), Decimal("0.5"), Decimal("2.75")),
        "attendance": one_of(draw, None, Decimal("0.6")),
        "days_between": one_of(draw, None, 0, 2),
        "daily_sessions": most,
        "daily_least": one_of(draw, None, None, 0, 1, most),
        "five_day_sessions": one_of(draw, None, 3, 2, 1, 0),
    }
