"""Posts the rules of a rulebook on a build."""

from __future__ import annotations

from collections.abc import Mapping

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.registry import all_encoders
from safeschedule.model.rows import Rows
from safeschedule.problem import Setting


def encode(
    index: Index,
    rows: Rows,
    *,
    exact: bool = True,
    fixed: Bools | None = None,
    settings: Mapping[str, Setting] | None = None,
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
    """
    build = Build(index, rows, exact=exact, fixed=fixed)
    for name, setting in (index.settings if settings is None else settings).items():
        encoder = all_encoders()[name]
        if hasattr(encoder, "amounts"):
            build.charge(setting, encoder.amounts(index, setting, rows))
        if hasattr(encoder, "post"):
            encoder.post(build, setting)
    return build
