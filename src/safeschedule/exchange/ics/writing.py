"""A folder of calendars: one for each clinician, and what is called off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.filenames import file_names
from safeschedule.exchange.ics.calendars import Events, calendar_of, events, made_at, messages_of
from safeschedule.exchange.ics.events import line
from safeschedule.exchange.ics.published import Published, Unreadable, continued, read_published
from safeschedule.exchange.writing import Files
from safeschedule.problem import Problem
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.showing import show
from safeschedule.schedule import Schedule

CANCELLED = "cancelled"
"""The folder of messages that call events off, one folder a clinician in it."""


@dataclass(frozen=True)
class CalendarFiles:
    """What was written.

    Parameters
    ----------
    calendars
        The file of each clinician and attendant; also of those who are no longer in the team, when something
        of theirs is called off.
    messages
        By clinician the messages that call single events off.
    set_aside
        Calendars of an earlier week, of people who have none now; they are no longer in the folder under
        that name.
    """

    calendars: dict[str, Path]
    messages: dict[str, tuple[Path, ...]]
    set_aside: tuple[Path, ...]


def write_ics(
    problem: Problem,
    schedule: Schedule,
    folder: str | Path,
    *,
    stamp: datetime | None = None,
    files: Files | None = None,
) -> CalendarFiles:
    """Write one calendar a clinician and attendant into `folder`, which is made when it is not there.

    Calendars of the same week that are there already are continued: what is the same stays byte by byte, what
    is otherwise gets a higher SEQUENCE, and what is no longer there is called off, also of people who have
    left. Below ``cancelled/`` a message with ``METHOD:CANCEL`` for each event that is called off is written,
    to be sent to whom it concerns.

    Parameters
    ----------
    problem, schedule, stamp
        As for `calendars`.
    folder
        Where they go.
    files
        Takes the files, when they are written together with others.

    Raises
    ------
    InputError
        Something that is no file has the name of one; or a file in the way, which is no calendar of this team
        or was changed by hand, so that nobody can tell what people have in their calendars
        (``unreadable_calendar``). Nothing is written then.
    OSError
        One of them cannot be written; then none is.

    Examples
    --------
    >>> import tempfile
    >>> from safeschedule.samples import sample
    >>> problem = sample()
    >>> week = Schedule(week_start=problem.week_start, time_zone=problem.time_zone)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     len(write_ics(problem, week, folder).calendars) == len(problem.clinicians)
    True
    """
    if files is None:
        with Files() as own:
            return write_ics(problem, schedule, folder, stamp=stamp, files=own)
    require_kind("write_ics", "problem", problem, Problem)
    folder = files.folder(folder)
    made = made_at(schedule, stamp)
    ours = earlier(problem, folder)
    found = events(problem, schedule, made)
    continue_with(found, ours, schedule, folder, made)
    written = _write(problem, schedule, found, folder, files)
    names = {*written.calendars.values(), *(path for paths in written.messages.values() for path in paths)}
    stale = tuple(sorted(path for path in ours if path not in names))
    for path in stale:
        files.set_aside(path)
    return CalendarFiles(written.calendars, written.messages, stale)


def continue_with(
    found: dict[str, Events], ours: Mapping[Path, Published], schedule: Schedule, folder: Path, made: datetime
) -> None:
    """Change events so that they follow what is published of the same week in a folder."""
    codes = {line(code): code for code in found}
    for path, old in ours.items():
        same = old.week == schedule.week_start.isoformat()
        if same and old.method == "PUBLISH" and path.parent == folder:
            code = codes.get(old.clinician, old.clinician)
            found[code] = continued(found.get(code, {}), old, made)


def _write(
    problem: Problem, schedule: Schedule, found: dict[str, Events], folder: Path, files: Files
) -> CalendarFiles:
    names, folders = file_names(found, ".ics"), file_names(found, "")
    messages: dict[str, tuple[Path, ...]] = {}
    for code, own in found.items():
        files.write(folder / names[code], calendar_of(problem, schedule, code, own.values()))
        called_off = messages_of(problem, schedule, code, own)
        if called_off:
            below = files.folder(folder / CANCELLED / folders[code])
            for uid, data in called_off.items():
                files.write(below / f"{uid.partition('@')[0]}.ics", data)
            messages[code] = tuple(below / f"{uid.partition('@')[0]}.ics" for uid in called_off)
    return CalendarFiles({code: folder / name for code, name in names.items()}, messages, ())


def earlier(problem: Problem, folder: Path, owners: Iterable[str] | None = None) -> dict[Path, Published]:
    """Return the calendars and messages of a team that are in a folder.

    Parameters
    ----------
    owners
        The codes of whose calendars are to be written there; ``None``: the clinicians and attendants.

    Raises
    ------
    InputError
        A calendar is to be written where something else is, or what cannot be read; all of them are told.
        To begin anew would leave in people's calendars what nobody calls off any more.
    """
    people = [clinician.id for clinician in problem.clinicians]
    people += [attendant.id for attendant in problem.attendants]
    due = {folder / name for name in file_names(people if owners is None else owners, ".ics").values()}
    found: dict[Path, Published] = {}
    faults = []
    for path in _there(folder):
        old = read_published(path)
        if isinstance(old, Published) and old.team == line(problem.name):
            found[path] = old
        elif path in due or (path.parent == folder and isinstance(old, Unreadable) and old.ours):
            why = old.why if isinstance(old, Unreadable) else f"a calendar of the team {show(old.team)}"
            expected = "a calendar of this team as it was written; move the file away, or name another folder"
            faults.append(Fault("unreadable_calendar", path.name, why, expected))
    if faults:
        raise InputError(f"calendars in {folder.name}", faults)
    return found


def _there(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.ics"))
    yield from sorted(folder.glob(f"{CANCELLED}/*/*.ics"))
