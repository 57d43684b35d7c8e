"""Posts the rules of a rulebook on a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.registry import all_encoders
from safeschedule.model.rows import Rows, numbered
from safeschedule.problem import Setting


def encode(
    index: Index,
    rows: Rows,
    *,
    exact: bool = True,
    fixed: Bools | None = None,
    settings: Mapping[str, Setting] | None = None,
    people: Sequence[int] | None = None,
    asked: Mapping[str, Sequence[int]] | None = None,
) -> Build:
    """Return a build of the rows with every rule posted.

    Parameters
    ----------
    exact
        Whether to build start times; without them the model is a relaxation over half-days.
    fixed
        Rows that are chosen for certain.
    settings
        The rules to post, by name; by default all that the rulebook enables.
    people
        The clinicians whose whole week is in the rows; by default all (see `Build`).
    asked
        By rule: of whom alone it asks what it asks of clinicians; rules that are not named, of `people`.
    """
    chosen = index.settings if settings is None else settings
    encoders = {name: all_encoders()[name] for name in chosen}
    amounts = {
        name: encoder.amounts(index, chosen[name], rows)
        for name, encoder in encoders.items()
        if hasattr(encoder, "amounts")
    }
    soft = [amounts[name] for name in amounts if not chosen[name].hard]
    prices = numbered(np.zeros(len(rows), dtype=np.int64), *soft)
    daily = index.counts
    for name, encoder in encoders.items():
        if chosen[name].hard and hasattr(encoder, "daily"):
            daily = np.minimum(daily, encoder.daily(index, chosen[name]))
    build = Build(index, rows, exact=exact, fixed=fixed, prices=prices, daily=daily, people=people)
    everyone = build.people
    for name, encoder in encoders.items():
        build.focus(everyone if asked is None else asked.get(name, everyone))
        if name in amounts:
            build.charge(chosen[name], amounts[name])
        if hasattr(encoder, "post"):
            encoder.post(build, chosen[name])
        if build.personal:
            build.personal_rules.add(name)
    build.focus(everyone)
    return build
