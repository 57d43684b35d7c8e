"""The files that a team works with: a page, a table and calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from safeschedule.cli.inputs import STANDARD
from safeschedule.cli.moments import now
from safeschedule.cli.outputs import write_all, writing

if TYPE_CHECKING:
    from safeschedule.exchange.writing import Files
    from safeschedule.problem import Problem
    from safeschedule.result import Result
    from safeschedule.schedule import Schedule

PAGE, TABLE, CALENDARS = "rota.html", "rota.csv", "calendars"


def files_of(folder: Path | None) -> list[Path]:
    """Return the names under which `write_solved` writes into a folder."""
    return [] if folder is None else [folder / name for name in (PAGE, TABLE, CALENDARS)]


def check_calendars(problem: Problem, folder: Path | None) -> None:
    """Look, before a long search, whether the calendars that are there already can be continued."""
    from safeschedule.exchange.ics.writing import earlier

    if folder is not None and (folder / CALENDARS).is_dir():
        earlier(problem, folder / CALENDARS)


def write_solved(
    problem: Problem,
    result: Result,
    entities: Sequence[tuple[str, Problem | Schedule]],
    folder: Path | None,
    *,
    overwrite: bool,
) -> list[str]:
    """Write problem and schedule files, and page, table and calendars into a folder; all or nothing.

    Returns
    -------
    list
        The files and the folder of calendars, without standard output.
    """
    from safeschedule.exchange.json_text import as_text

    def write(files: Files) -> None:
        if folder is not None:
            files.folder(folder)
        for name, entity in entities:
            if name != STANDARD:
                files.write(name, as_text(entity).encode())
        if folder is not None:
            _write_rota(problem, result, folder, files)

    writing(write, overwrite=overwrite)
    write_all((name, entity) for name, entity in entities if name == STANDARD)
    return [*(name for name, _ in entities if name != STANDARD), *map(str, files_of(folder))]


def _write_rota(problem: Problem, result: Result, folder: Path, files: Files) -> None:
    from safeschedule.exchange.csv_rota import rota_csv
    from safeschedule.exchange.ics import write_ics
    from safeschedule.reports.html import rota_html

    schedule, account = result.schedule, result.verification
    assert schedule is not None
    assert account is not None
    files.write(folder / PAGE, rota_html(problem, schedule, account, result).encode())
    files.write(folder / TABLE, rota_csv(problem, schedule))
    dated = schedule.provenance is not None and schedule.provenance.made is not None
    write_ics(problem, schedule, folder / CALENDARS, stamp=None if dated else now(), files=files)


def calendar_stamp(schedule: Schedule, source: str) -> datetime | None:
    """Return when calendars of a schedule count as made; ``None``: when the schedule says that it was made.

    A schedule that was changed since, or does not say, counts as made when its file was written: so the same
    file gives the same calendars, and a changed one newer ones.
    """
    from safeschedule.schedule import schedule_hash

    told = schedule.provenance
    if told is not None and told.made is not None and told.schedule_hash == schedule_hash(schedule):
        return None
    try:
        return now() if source == STANDARD else datetime.fromtimestamp(Path(source).stat().st_mtime, UTC)
    except OSError:
        return now()
