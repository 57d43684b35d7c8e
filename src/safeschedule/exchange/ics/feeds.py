"""Feeds: calendars that programs fetch again by themselves, one for each person and one for each room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from safeschedule.exchange.filenames import file_names
from safeschedule.exchange.ics.calendars import Events, calendar_of, events, made_at, room_events
from safeschedule.exchange.ics.writing import continue_with, earlier
from safeschedule.exchange.writing import Files
from safeschedule.problem import Problem
from safeschedule.problem.kinds import require_kind
from safeschedule.schedule import Schedule

ROOMS = "rooms"
"""The folder of the rooms' feeds: a room may have the code of a person."""

_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class FeedFiles:
    """What was written.

    Parameters
    ----------
    people, rooms
        The feed of each clinician and attendant, and of each room; also of those that are there no more, when
        something of theirs is called off.
    """

    people: dict[str, Path]
    rooms: dict[str, Path]


def write_feeds(
    problem: Problem,
    schedule: Schedule,
    folder: str | Path,
    *,
    stamp: datetime | None = None,
    files: Files | None = None,
) -> FeedFiles:
    """Write a feed for each clinician, attendant and room into `folder`, which is made when it is not there.

    A feed of the same week that is there already is continued, as `write_ics` does: what is the same stays
    byte by byte, what is otherwise gets a higher SEQUENCE, and what is gone is there as cancelled. Each asks
    to be fetched again every hour. A file is called like its person or room, always the same; whoever puts
    the folder where it is fetched decides who may.

    Parameters
    ----------
    problem, schedule, stamp
        As for `calendars`.
    folder
        Where they go; the rooms' go into ``rooms/`` in it.
    files
        Takes the files, when they are written together with others.

    Raises
    ------
    InputError
        As for `write_ics`.
    OSError
        One of them cannot be written; then none is.
    """
    if files is None:
        with Files() as own:
            return write_feeds(problem, schedule, folder, stamp=stamp, files=own)
    require_kind("write_feeds", "problem", problem, Problem)
    made = made_at(schedule, stamp)
    below = files.folder(folder)
    people = _write(problem, schedule, events(problem, schedule, made), below, made, files)
    within = files.folder(below / ROOMS)
    rooms = _write(problem, schedule, room_events(problem, schedule, made), within, made, files)
    return FeedFiles(people, rooms)


def _write(
    problem: Problem,
    schedule: Schedule,
    found: dict[str, Events],
    folder: Path,
    made: datetime,
    files: Files,
) -> dict[str, Path]:
    continue_with(found, earlier(problem, folder, list(found)), schedule, folder, made)
    names = file_names(found, ".ics")
    for code, own in found.items():
        data = calendar_of(problem, schedule, code, own.values(), every=_EVERY)
        files.write(folder / names[code], data)
    return {code: folder / name for code, name in names.items()}
