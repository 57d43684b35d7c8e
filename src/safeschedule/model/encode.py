"""Posts the rules of a rulebook on a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.encoder import Encoder
from safeschedule.model.index import Bools, Index
from safeschedule.model.registry import encoder_of
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
    recording: bool = False,
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
    recording
        Whether the model is to become a linear system (see `Build`).

    Raises
    ------
    InterruptedWorkError
        The index says that it is time to end.
    """
    chosen = index.settings if settings is None else settings
    encoders = {name: encoder_of(setting) for name, setting in chosen.items()}
    amounts = {
        name: encoder.amounts(index, chosen[name], rows)
        for name, encoder in encoders.items()
        if encoder.amounts is not None
    }
    soft = [amounts[name] for name in amounts if not chosen[name].hard]
    prices = numbered(np.zeros(len(rows), dtype=np.int64), *soft)
    daily = index.counts
    for name, encoder in encoders.items():
        if chosen[name].hard and encoder.daily is not None:
            daily = np.minimum(daily, encoder.daily(index, chosen[name]))
    build = Build(
        index,
        rows,
        exact=exact,
        fixed=fixed,
        prices=prices,
        daily=daily,
        people=people,
        recording=recording,
    )
    everyone = build.people
    build.prepare({need for encoder in encoders.values() for need in encoder.needs})
    for name, encoder in encoders.items():
        index.ask()
        build.focus(everyone if asked is None else asked.get(name, everyone))
        if name in amounts:
            build.charge(chosen[name], amounts[name])
        _post(build, encoder, chosen[name])
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
    build.apart = True
    encoders = {name: encoder_of(setting) for name, setting in settings.items()}
    build.prepare({need for encoder in encoders.values() for need in encoder.needs})
    ranges = {}
    for name, setting in settings.items():
        index.ask()
        encoder, first = encoders[name], len(build.model.proto.constraints)
        if encoder.amounts is not None:
            build.charge(setting, encoder.amounts(index, setting, rows))
        _post(build, encoder, setting)
        ranges[name] = range(first, len(build.model.proto.constraints))
    return build, ranges


def _post(build: Build, encoder: Encoder, setting: Setting) -> None:
    """Post a rule, which may ask for nothing but what it says that it needs."""
    if encoder.post is not None:
        build.offers.only(encoder.name, encoder.needs)
        encoder.post(build, setting)
        build.offers.everything()
