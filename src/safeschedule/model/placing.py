"""Where and when somebody's sessions and blocks may be: starts, modes and sites, as rows."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import MODES, Role, Rows
from safeschedule.problem import AllowedMode, Group, Mode, Request


def starts_of(index: Index, minutes: int, clinician: int) -> Ints:
    """Return the starts at which `minutes` lie inside one of the clinician's working periods."""
    starts = np.arange(index.slots, dtype=np.int64) * index.grid
    fits = index.period_end[clinician] >= starts + minutes
    found: Ints = starts[fits]
    return found


def session_starts(index: Index, minutes: int, clinician: int) -> Ints:
    """Return the starts at which a session of `minutes` may be that lie in one of the working periods."""
    starts = starts_of(index, minutes, clinician)
    found: Ints = starts[starts % index.session_grid == 0]
    return found


def places(
    index: Index, asked: Request | Group, clinician: int, starts: Ints
) -> list[tuple[int, int, Bools]]:
    """Return (mode, site, which starts) for each way and place in which the sessions may be held."""
    found: list[tuple[int, int, Bools]] = []
    allowed = AllowedMode(asked.mode.value)
    if allowed is not AllowedMode.IN_PERSON:
        found.append((MODES.index(Mode.TELEHEALTH), -1, np.ones(len(starts), dtype=bool)))
    if allowed is not AllowedMode.TELEHEALTH:
        in_person = MODES.index(Mode.IN_PERSON)
        found += [(in_person, *place) for place in _sites(index, asked.site, clinician, starts)]
    return found


def _sites(index: Index, site: str | None, clinician: int, starts: Ints) -> list[tuple[int, Bools]]:
    there = index.period_site[clinician, starts // index.grid]
    person = index.clinicians[clinician]
    if site is not None:
        asked = index.site_number[site]
        return [(asked, (there < 0) | (there == asked))]
    found = [(int(site), there == site) for site in np.unique(there[there >= 0])]
    roaming = [index.site_number[s] for s in person.sites] or list(index.site_number.values()) or [-1]
    if (there < 0).any():
        found += [(site, there < 0) for site in roaming]
    return found


def placed_rows(
    start: Ints,
    *,
    request: int = -1,
    kind: int = -1,
    clinician: int,
    partner: int = -1,
    role: int = Role.SOLO,
    minutes: int,
    mode: int = 0,
    site: int = -1,
) -> Rows:
    """Return rows that differ in their starts alone."""

    def full(value: int) -> Ints:
        return np.full(len(start), value, dtype=np.int64)

    return Rows(
        request=full(request),
        kind=full(kind),
        clinician=full(clinician),
        partner=full(partner),
        role=full(role),
        start=start,
        minutes=full(minutes),
        mode=full(mode),
        site=full(site),
    )
