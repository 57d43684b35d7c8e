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

    Raises
    ------
    InterruptedWorkError
        The index says that it is time to end.
    """
    chosen = index.settings if settings is None else settings
    encoders = {name: all_encoders()[name] for name in chosen}
    index.ask()
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
        index.ask()
        build.focus(everyone if asked is None else asked.get(name, everyone))
        if name in amounts:
            build.charge(chosen[name], amounts[name])
        if hasattr(encoder, "post"):
            encoder.post(build, chosen[name])
        if build.personal:
            build.personal_rules.add(name)
    build.focus(everyone)
    return build


def encode_apart(
    index: Index, rows: Rows, fixed: Bools, people: Sequence[int] | None
) -> tuple[Build, dict[str, range]]:
    """Return a build with every hard rule posted, and the numbers of each rule's constraints.

    Unlike in `encode`, no rule's constraints rely on another rule's being there, so that each can be
    switched off by itself. What soft rules would cost is left out.
    """
    settings = {name: setting for name, setting in index.settings.items() if setting.hard}
    # Entries of several sessions would have the one limit a date that a rule sets; rows have none.
    several = np.append(index.counts > 1, False)[rows.request]
    prices = np.where(several, 1 + np.arange(len(rows)), 0)
    build = Build(index, rows, fixed=fixed, prices=prices, people=people)
    # Literals that several rules share are made before any rule is posted.
    build.used(0, 0), build.joining(0), build.busy(0, 0)
    ranges = {}
    for name, setting in settings.items():
        index.ask()
        encoder, first = all_encoders()[name], len(build.model.proto.constraints)
        if hasattr(encoder, "amounts"):
            build.charge(setting, encoder.amounts(index, setting, rows))
        if hasattr(encoder, "post"):
            encoder.post(build, setting)
        ranges[name] = range(first, len(build.model.proto.constraints))
    return build, ranges
