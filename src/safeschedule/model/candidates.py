"""Candidates: every row that a problem allows, before anything is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache, partial

import numpy as np

from safeschedule.model.encoders.pinned import block_rows
from safeschedule.model.gathering import group_parts
from safeschedule.model.index import Bools, Index
from safeschedule.model.placing import placed_rows, places, session_starts, starts_of
from safeschedule.model.proposal import Proposal
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import KIND_NUMBER, Role, Rows, join_rows, unhosted
from safeschedule.problem import BlockKind, PinnedBlock
from safeschedule.problem.clock import DAY


def candidates(
    index: Index, offered: Bools | None = None, asked: Mapping[str, Sequence[int]] | None = None
) -> Rows:
    """Return every placement that no hard rule forbids by itself.

    Parameters
    ----------
    offered
        By request and clinician: who is asked; by default everyone whom `suiting` leaves.
    asked
        By rule: of whom alone it asks something, as in `safeschedule.model.encode.encode`.

    Raises
    ------
    InterruptedWorkError
        The index says that it is time to end.
    """
    offered = suiting(index, asked) if offered is None else offered
    parts = [*_session_parts(index, offered), *group_parts(index), *_block_parts(index)]
    rows = _allowed(index, join_rows(parts), asked)
    return rows.take(~unhosted(rows, np.ones(len(rows), dtype=bool), index.items))


def sessions_of(index: Index, offered: Bools) -> Rows:
    """Return every placement of a session with the clinicians to whom its request is offered."""
    return _allowed(index, join_rows(_session_parts(index, offered)))


def unsifted_sessions(index: Index, offered: Bools) -> Rows:
    """Return every placement of a session inside working periods, also those that a rule forbids."""
    return join_rows(_session_parts(index, offered))


def unsifted_solo_blocks(index: Index, people: Collection[int]) -> Rows:
    """Return every placement of blocks that single clinicians hold alone, also those that a rule forbids."""
    proposals = dict.fromkeys(
        proposal
        for setting in index.settings.values()
        if (propose := encoder_of(setting).propose) is not None
        for proposal in propose(index, setting)
        if proposal.role == Role.SOLO and proposal.clinician in people
    )
    return join_rows([_proposal_rows(index, proposal) for proposal in proposals])


def _allowed(index: Index, rows: Rows, asked: Mapping[str, Sequence[int]] | None = None) -> Rows:
    for name, setting in index.settings.items():
        index.ask()
        encoder = encoder_of(setting)
        if setting.hard and encoder.amounts is not None:
            fits = encoder.amounts(index, setting, rows) == 0
            if asked is not None and name in asked:
                fits |= ~np.isin(rows.clinician, asked[name])
            rows = rows.take(fits)
    return rows


def suiting(index: Index, asked: Mapping[str, Sequence[int]] | None = None) -> Bools:
    """Return by request and clinician whether any hard rule leaves a placement of their own possible.

    `asked` says by rule of whom alone it asks something.
    """
    suits = np.ones((len(index.requests), len(index.clinicians)), dtype=bool)
    suits[index.of_groups[: len(suits)]] = False
    for name, setting in index.settings.items():
        encoder = encoder_of(setting)
        if setting.hard and encoder.suits is not None:
            fits = encoder.suits(index, setting)
            if asked is not None and name in asked:
                fits |= ~np.isin(np.arange(fits.shape[1]), asked[name])[None, :]
            suits &= fits
    return suits


def _session_parts(index: Index, suits: Bools) -> list[Rows]:
    starts = cache(partial(session_starts, index))
    parts = []
    for number, clinician in zip(*(axis.tolist() for axis in np.nonzero(suits)), strict=True):
        index.ask()
        request = index.requests[number]
        minutes = index.types[request.session_type].minutes
        when = starts(minutes, clinician)
        for mode, site, there in places(index, request, clinician, when):
            make = partial(
                placed_rows, when[there], clinician=clinician, minutes=minutes, mode=mode, site=site
            )
            parts.append(make(request=number))
    return parts


def _block_parts(index: Index) -> list[Rows]:
    parts = []
    seen = set()
    for setting in index.settings.values():
        encoder = encoder_of(setting)
        if encoder.propose is not None:
            for proposal in encoder.propose(index, setting):
                if proposal not in seen:
                    index.ask()
                    seen.add(proposal)
                    parts.append(_proposal_rows(index, proposal))
    rows = join_rows(parts)
    for pin in index.problem.pinned_blocks:
        if not all(mask.any() for mask in block_rows(index, rows, pin)):
            rows = join_rows([rows, *(own for own in _pin_rows(index, pin) if not _has(rows, own))])
    return [rows]


def _has(rows: Rows, own: Rows) -> bool:
    """Return whether a row is among the rows."""
    same = [getattr(rows, field.name) == getattr(own, field.name) for field in fields(Rows)]
    return bool(np.logical_and.reduce(same).any())


def _proposal_rows(index: Index, proposal: Proposal) -> Rows:
    # A slot that is held for a session begins where one may.
    held = proposal.kind is BlockKind.URGENT_SLOT
    starts = (session_starts if held else starts_of)(index, proposal.minutes, proposal.clinician)
    if proposal.partner >= 0:
        starts = np.intersect1d(starts, starts_of(index, proposal.minutes, proposal.partner))
    if proposal.window is not None:
        low, high = proposal.window
        starts = starts[(starts % DAY >= low) & (starts % DAY + proposal.minutes <= high)]
    if proposal.span is not None:
        low, high = proposal.span
        starts = starts[(starts >= low) & (starts < high)]
    return placed_rows(
        starts,
        kind=KIND_NUMBER[proposal.kind],
        site=proposal.site,
        clinician=proposal.clinician,
        partner=proposal.partner,
        role=proposal.role,
        minutes=proposal.minutes,
    )


def _pin_rows(index: Index, pin: PinnedBlock) -> list[Rows]:
    start = np.array([index.minute(pin.start)], dtype=np.int64)
    people = [index.clinician_number[code] for code in pin.clinicians]
    site = -1 if pin.site is None else index.site_number[pin.site]
    make = partial(placed_rows, start, kind=KIND_NUMBER[pin.kind], minutes=pin.minutes, site=site)
    if pin.supervisor is None:
        return [make(clinician=c, role=Role.SOLO) for c in people]
    host = index.clinician_number[pin.supervisor]
    if pin.kind is BlockKind.SUPERVISION and len(people) == 1:
        return [make(clinician=people[0], partner=host, role=Role.PAIR)]
    return [
        make(clinician=host, role=Role.HOST),
        *(make(clinician=c, partner=host, role=Role.ATTEND) for c in people),
    ]
