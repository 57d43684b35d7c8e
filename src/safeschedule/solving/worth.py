"""What each row by itself adds to the tiers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.encoders.access import value_of
from safeschedule.model.index import Index
from safeschedule.model.registry import all_encoders
from safeschedule.model.rows import Rows
from safeschedule.solving.linear import Floats


def worth_of_rows(index: Index, rows: Rows, tiers: Sequence[Tier]) -> Floats:
    """Return by tier and row the value of the session less what soft rules charge for the row alone."""
    found = np.zeros((len(tiers), len(rows)))
    levels = {tier: level for level, tier in enumerate(tiers)}
    for name, setting in index.settings.items():
        encoder = all_encoders()[name]
        if setting.hard or setting.tier not in levels:
            continue
        if hasattr(encoder, "amounts"):
            found[levels[setting.tier]] -= setting.weight * encoder.amounts(index, setting, rows)
        if name == "access":
            values = [value_of(index, setting, number) for number in range(len(index.requests))]
            own = np.append(np.array(values, dtype=np.float64), 0.0)[rows.request]
            found[levels[setting.tier]] += setting.weight * own
    return found
