"""Sites and rooms of a generated team."""

from __future__ import annotations

from math import ceil
from typing import Any

from safeschedule.samples.assumptions import Assumptions

Entry = dict[str, Any]
"""One entity as plain data, before it is validated."""


def site_codes(clinicians: int, given: Assumptions) -> list[str]:
    """Return the sites of a team of so many clinicians."""
    return [f"site-{number}" for number in range(1, ceil(clinicians / given.site_size) + 1)]


def make_rooms(clinicians: int, sites: list[str], given: Assumptions) -> list[Entry]:
    """Return the consulting rooms, spread over the sites, and a family room at each site."""
    total = max(len(sites), round(given.rooms * clinicians))
    rooms: list[Entry] = [
        {
            "id": f"room-{number:02d}",
            "kind": "consulting",
            "site": sites[(number - 1) % len(sites)],
            "seats": 4,
        }
        for number in range(1, total + 1)
    ]
    rooms += [{"id": f"family-{site}", "kind": "family", "site": site, "seats": 8} for site in sites]
    return rooms


def make_travel(sites: list[str]) -> list[Entry]:
    """Return the minutes between each site and the next; a round of sites, 20 minutes a step."""
    steps = len(sites)
    return [
        {"origin": a, "destination": b, "minutes": 20 * min((i - j) % steps, (j - i) % steps)}
        for i, a in enumerate(sites)
        for j, b in enumerate(sites)
        if i != j
    ]
