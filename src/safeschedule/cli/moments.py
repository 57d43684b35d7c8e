"""Times on the command line."""

from __future__ import annotations

from datetime import datetime

import typer


def moment(text: str, option: str) -> datetime:
    """Return the local time of an option such as ``2026-10-06T10:00``."""
    from safeschedule.problem.clock import parse_moment

    try:
        return parse_moment(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}", param_hint=option) from error
