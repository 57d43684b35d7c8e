"""Candidates: every row that a problem allows, before anything is decided."""

from __future__ import annotations

from functools import cache, partial

import numpy as np

from safeschedule.model.encoders.pinned import block_rows
from safeschedule.model.index import DAY, Bools, Index, Ints
from safeschedule.model.proposal import Proposal
from safeschedule.model.registry import all_encoders
from safeschedule.model.rows import KIND_NUMBER, MODES, Role, Rows, join_rows, unhosted
from safeschedule.problem import AllowedMode, BlockKind, Mode, PinnedBlock, Request


def candidates(index: Index, offered: Bools | None = None) -> Rows:
    """Return every placement that no hard rule forbids by itself.

    `offered` says by request and clinician who is asked; by default everyone whom `suiting` leaves.
    """
    asked = suiting(index) if offered is None else offered
    rows = _allowed(index, join_rows([*_session_parts(index, asked), *_block_parts(index)]))
    return rows.take(~unhosted(rows, np.ones(len(rows), dtype=bool)))


def sessions_of(index: Index, offered: Bools) -> Rows:
    """Return every placement of a session with the clinicians to whom its request is offered."""
    return _allowed(index, join_rows(_session_parts(index, offered)))


def _allowed(index: Index, rows: Rows) -> Rows:
    for name, setting in index.settings.items():
        encoder = all_encoders()[name]
        if setting.hard and hasattr(encoder, "amounts"):
            rows = rows.take(encoder.amounts(index, setting, rows) == 0)
    return rows


def starts_of(index: Index, minutes: int, clinician: int) -> Ints:
    """Return the starts at which `minutes` lie inside one of the clinician's working periods."""
    starts = np.arange(index.slots, dtype=np.int64) * index.grid
    fits = index.period_end[clinician] >= starts + minutes
    found: Ints = starts[fits]
    return found


def suiting(index: Index) -> Bools:
    """Return by request and clinician whether any hard rule leaves a placement possible."""
    suits = np.ones((len(index.requests), len(index.clinicians)), dtype=bool)
    for name, setting in index.settings.items():
        encoder = all_encoders()[name]
        if setting.hard and hasattr(encoder, "suits"):
            suits &= encoder.suits(index, setting)
    return suits


def _session_parts(index: Index, suits: Bools) -> list[Rows]:
    starts = cache(partial(starts_of, index))
    parts = []
    for number, clinician in zip(*(axis.tolist() for axis in np.nonzero(suits)), strict=True):
        request = index.requests[number]
        minutes = index.types[request.session_type].minutes
        when = starts(minutes, clinician)
        for mode, site, there in _places(index, request, clinician, when):
            make = partial(_rows, when[there], clinician=clinician, minutes=minutes, mode=mode, site=site)
            parts.append(make(request=number))
    return parts


def _places(index: Index, request: Request, clinician: int, starts: Ints) -> list[tuple[int, int, Bools]]:
    """Return (mode, site, which starts) for each way and place in which the sessions may be held."""
    found: list[tuple[int, int, Bools]] = []
    if request.mode is not AllowedMode.IN_PERSON:
        found.append((MODES.index(Mode.TELEHEALTH), -1, np.ones(len(starts), dtype=bool)))
    if request.mode is not AllowedMode.TELEHEALTH:
        in_person = MODES.index(Mode.IN_PERSON)
        found += [(in_person, *place) for place in _sites(index, request, clinician, starts)]
    return found


def _sites(index: Index, request: Request, clinician: int, starts: Ints) -> list[tuple[int, Bools]]:
    there = index.period_site[clinician, starts // index.grid]
    person = index.clinicians[clinician]
    if request.site is not None:
        asked = index.site_number[request.site]
        return [(asked, (there < 0) | (there == asked))]
    found = [(int(site), there == site) for site in np.unique(there[there >= 0])]
    roaming = [index.site_number[s] for s in person.sites] or list(index.site_number.values()) or [-1]
    if (there < 0).any():
        found += [(site, there < 0) for site in roaming]
    return found


def _block_parts(index: Index) -> list[Rows]:
    parts = []
    seen = set()
    for name, setting in index.settings.items():
        encoder = all_encoders()[name]
        if hasattr(encoder, "propose"):
            for proposal in encoder.propose(index, setting):
                if proposal not in seen:
                    seen.add(proposal)
                    parts.append(_proposal_rows(index, proposal))
    rows = join_rows(parts)
    for pin in index.problem.pinned_blocks:
        if not all(mask.any() for mask in block_rows(index, rows, pin)):
            rows = join_rows([rows, *_pin_rows(index, pin)])
    return [rows]


def _proposal_rows(index: Index, proposal: Proposal) -> Rows:
    starts = starts_of(index, proposal.minutes, proposal.clinician)
    if proposal.partner >= 0:
        starts = np.intersect1d(starts, starts_of(index, proposal.minutes, proposal.partner))
    if proposal.window is not None:
        low, high = proposal.window
        starts = starts[(starts % DAY >= low) & (starts % DAY + proposal.minutes <= high)]
    return _rows(
        starts,
        kind=KIND_NUMBER[proposal.kind],
        clinician=proposal.clinician,
        partner=proposal.partner,
        role=proposal.role,
        minutes=proposal.minutes,
    )


def _pin_rows(index: Index, pin: PinnedBlock) -> list[Rows]:
    start = np.array([index.minute(pin.start)], dtype=np.int64)
    people = [index.clinician_number[code] for code in pin.clinicians]
    make = partial(_rows, start, kind=KIND_NUMBER[pin.kind], minutes=pin.minutes)
    if pin.supervisor is None:
        return [make(clinician=c, role=Role.SOLO) for c in people]
    host = index.clinician_number[pin.supervisor]
    if pin.kind is BlockKind.SUPERVISION and len(people) == 1:
        return [make(clinician=people[0], partner=host, role=Role.PAIR)]
    return [
        make(clinician=host, role=Role.HOST),
        *(make(clinician=c, partner=host, role=Role.ATTEND) for c in people),
    ]


def _rows(
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
