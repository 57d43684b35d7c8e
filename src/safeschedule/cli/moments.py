"""Times on the command line, and the time at which a command writes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TypeVar

import typer

T = TypeVar("T")


def moment(text: str, option: str) -> datetime:
    """Return the local time of an option such as ``2026-10-06T10:00``."""
    from safeschedule.problem.clock import parse_moment

    try:
        return parse_moment(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}", param_hint=option) from error


def now() -> datetime:
    """Return the present time in UTC, to the second; SOURCE_DATE_EPOCH stands for it where it is set."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError) as error:
        raise typer.BadParameter("SOURCE_DATE_EPOCH: expected seconds since 1970") from error


def dated(entity: T) -> T:
    """Return a schedule with the time at which it was made, when that is now; anything else as it is.

    With a deterministic limit there is none, because that is asked for to get the same file again; unless
    SOURCE_DATE_EPOCH gives one.
    """
    from safeschedule.schedule import Schedule

    if not isinstance(entity, Schedule) or entity.provenance is None or entity.provenance.made is not None:
        return entity
    if entity.provenance.deterministic_limit is not None and "SOURCE_DATE_EPOCH" not in os.environ:
        return entity
    provenance = entity.provenance.model_copy(update={"made": now()})
    return entity.model_copy(update={"provenance": provenance})
