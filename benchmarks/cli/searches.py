"""Commands that look into a search: its settings, what it loses, and how its work is shared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.cli.options import Json, Name
from benchmarks.cli.printing import show
from benchmarks.instances import choose


def settings(
    name: Name = "clinic-20-1",
    parts: Annotated[int, typer.Option(min=1, metavar="N", help="Clinicians.")] = 20,
    as_json: Json = False,
) -> None:
    """Solve clinicians' weeks one by one under several settings of CP-SAT."""
    from benchmarks import settings as trying

    lines = trying.run(choose([name])[0], parts)
    show(lines, trying.table, "{setting}: {seconds:.1f} s".format_map, as_json=as_json)


def losses(
    name: Name = "clinic-50-1",
    schedule: Annotated[
        Path | None, typer.Option(metavar="FILE", exists=True, help="Its schedule; by itself it is solved.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Of that solve.")] = 60.0,
    week_seconds: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="For each week made once more; 0: none is.")
    ] = 0.0,
    as_json: Json = False,
) -> None:
    """Split a schedule's gap in its strongest level by the decisions that lose it."""
    from benchmarks import losses as splitting
    from safeschedule.schedule.reading import read_schedule

    week = None if schedule is None else read_schedule(schedule)
    lines = splitting.run(choose([name])[0], week, time_limit, week_seconds)
    show(lines, splitting.table, "{decision}: {worth}".format_map, as_json=as_json)


def scaling(
    name: Name = "clinic-30-1",
    workers: Annotated[
        list[int] | None, typer.Option(min=1, max=64, metavar="N", help="Repeatable; by itself 2, 4, 8, 16.")
    ] = None,
    deterministic_limit: Annotated[float, typer.Option(min=0.01, metavar="N", help="Of each solve.")] = 20.0,
    as_json: Json = False,
) -> None:
    """Measure what part of a search's work would wait for one processor, however many there are."""
    from benchmarks import scaling as sharing

    instance = choose([name])[0]
    lines = (sharing.run(instance, count, deterministic_limit) for count in workers or [2, 4, 8, 16])
    show(lines, sharing.table, "{workers} workers: done".format_map, as_json=as_json)
