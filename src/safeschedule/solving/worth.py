"""What each row by itself adds to the tiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.encoder import Encoder
from safeschedule.model.encoders.access import value_of
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import Rows
from safeschedule.problem import Setting
from safeschedule.solving.linear import Floats


def worth_of_rows(index: Index, rows: Rows, tiers: Sequence[Tier]) -> Floats:
    """Return by tier and row the value of the session less what soft rules charge for the row alone."""
    found = np.zeros((len(tiers), len(rows)))
    sessions = np.flatnonzero(rows.is_session)
    for level, setting, encoder in _soft(index, tiers):
        if encoder.amounts is not None:
            found[level] -= setting.weight * encoder.amounts(index, setting, rows)
        if encoder.gains is not None:
            gains = encoder.gains(index, setting)[rows.request[sessions], rows.day[sessions]]
            found[level, sessions] += setting.weight * gains
        if setting.rule.id == "access":
            values = [value_of(index, setting, number) for number in range(len(index.requests))]
            own = np.append(np.array(values, dtype=np.float64), np.zeros(len(index.groups) + 1))
            found[level] += setting.weight * own[rows.request]
    return found


def best_gains(index: Index, tiers: Sequence[Tier]) -> Ints:
    """Return by tier and request what its sessions add at best beside their value."""
    found = np.zeros((len(tiers), len(index.requests)), dtype=np.int64)
    for level, setting, encoder in _soft(index, tiers):
        if encoder.gains is not None:
            found[level] += setting.weight * encoder.gains(index, setting).max(axis=1, initial=0)
    return found


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
