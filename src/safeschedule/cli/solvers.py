"""``safeschedule solvers``: which solvers are installed, and whether they can be used."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


def solvers(as_json: Json = False) -> None:
    """List the installed solvers; one whose engine is missing is listed with the reason."""
    from safeschedule.solving.backend import backends

    found = {name: _trouble(name) for name in backends()}
    if as_json:
        rows = [{"solver": name, "usable": not why, "reason": why} for name, why in found.items()]
        emit(json.dumps(rows, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("solver", "state"):
        table.add_column(title)
    for name, why in found.items():
        table.add_row(name, why or "ready")
    console().print(table)
    console().print("Plan with one of them: safeschedule solve FILE --solver NAME -o OUT")


def _trouble(name: str) -> str:
    """Return why a solver cannot be used; nothing when it can."""
    from safeschedule.solving.backend import SolverUnavailableError, find_backend

    try:
        find_backend(name)
    except SolverUnavailableError as error:
        return error.reason
    return ""
