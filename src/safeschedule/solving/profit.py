"""What each row by itself adds to the tiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.encoder import Encoder
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import Rows
from safeschedule.model.session_value import earned
from safeschedule.problem import Setting
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.tiers import levels_of

Amounts = TypeVar("Amounts", Floats, Ints)


def worth_of_rows(index: Index, rows: Rows, tiers: Sequence[Tier]) -> Floats:
    """Return by level of the plan and row the session's value less what soft rules charge for the row."""
    found = np.zeros((len(tiers), len(rows)))
    sessions = np.flatnonzero(rows.is_session)
    for level, setting, encoder in _soft(index, tiers):
        if encoder.amounts is not None:
            found[level] -= setting.weight * encoder.amounts(index, setting, rows)
        if encoder.gains is not None:
            gains = encoder.gains(index, setting)[rows.request[sessions], rows.day[sessions]]
            found[level, sessions] += setting.weight * gains
    nobody = np.zeros((len(levels_of(tiers)), len(index.groups) + 1), dtype=np.int64)
    own = np.concatenate([earnings_of(index, tiers), nobody], axis=1)
    worth: Floats = merged(found, tiers) + own[:, rows.request]
    return worth


def earnings_of(index: Index, tiers: Sequence[Tier]) -> Ints:
    """Return by level of the plan and request what one placed session earns as its value."""
    found = np.zeros((len(tiers), len(index.requests)), dtype=np.int64)
    for setting, values in earned(index):
        if setting.tier in tiers:
            found[list(tiers).index(setting.tier)] += values
    return merged(found, tiers)


def best_gains(index: Index, tiers: Sequence[Tier]) -> Ints:
    """Return by level of the plan and request what its sessions add at best beside their value."""
    found = np.zeros((len(tiers), len(index.requests)), dtype=np.int64)
    for level, setting, encoder in _soft(index, tiers):
        if encoder.gains is not None:
            found[level] += setting.weight * encoder.gains(index, setting).max(axis=1, initial=0)
    return merged(found, tiers)


def merged(found: Amounts, tiers: Sequence[Tier]) -> Amounts:
    """Return amounts by tier as amounts by level of the plan (see `levels_of`)."""
    numbers = {tier: number for number, tier in enumerate(tiers)}
    levels = levels_of(tiers)
    both = np.zeros((len(levels), *found.shape[1:]), dtype=found.dtype)
    for level, shares in enumerate(levels):
        for tier, share in shares:
            both[level] += share * found[numbers[tier]]
    return cast("Amounts", both)


def demanded(index: Index) -> Bools:
    """Return by request whether a hard rule may ask for its sessions (beside access and pins)."""
    found = np.zeros(len(index.requests), dtype=bool)
    for setting in index.settings.values():
        encoder = encoder_of(setting)
        if setting.hard and encoder.asks is not None:
            found |= encoder.asks(index, setting)
    return found


def _soft(index: Index, tiers: Sequence[Tier]) -> Iterator[tuple[int, Setting, Encoder]]:
    """Yield the soft rules of the tiers: level, setting, encoder."""
    levels = {tier: level for level, tier in enumerate(tiers)}
    for setting in index.settings.values():
        if not setting.hard and setting.tier in levels:
            yield levels[setting.tier], setting, encoder_of(setting)
