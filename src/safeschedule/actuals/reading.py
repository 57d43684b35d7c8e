"""Actuals from files, folders and text; whatever is wrong is told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TextIO, TypeVar

from safeschedule.actuals.faults import find_actuals_faults
from safeschedule.actuals.week import Actuals
from safeschedule.errors import Fault, InputError
from safeschedule.problem.kinds import require_path
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.plain_data import text_of
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import show

A = TypeVar("A", bound=Actuals)


def read_actuals(source: str | Path | TextIO) -> Actuals:
    """Return the actuals of one week from a JSON file.

    Parameters
    ----------
    source
        A path, or an open text file.

    Raises
    ------
    InputError
        The file cannot be read, is larger than 32 MiB, is not JSON, or has faults; with all of them.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import Actuals, read_actuals
    >>> week = Actuals(week_start=date(2026, 10, 5))
    >>> written = (folder / "week.json").write_text(week.model_dump_json(), encoding="utf-8")
    >>> read_actuals(folder / "week.json") == week
    True
    """
    return actuals_from_text(read_text(source, "actuals"), name_of(source, "actuals"))


def actuals_from_text(text: str, what: str = "actuals") -> Actuals:
    """Return the actuals of JSON text; see `read_actuals`.

    Parameters
    ----------
    text
        The JSON.
    what
        What it is, for the error's first line.

    Examples
    --------
    >>> from safeschedule import actuals_from_text
    >>> actuals_from_text('{"week_start": "2026-10-05"}').days is None
    True
    """
    return _checked(Actuals, text, parse_json(text, what), what)


def actuals_from_dict(kind: type[A], data: Any) -> A:
    """Return the actuals of plain data; see `Actuals.from_dict`."""
    what = "actuals as plain data"
    return _checked(kind, text_of(data, what), data, what)


def read_actuals_folder(folder: str | Path) -> tuple[Actuals, ...]:
    """Return the weeks of a folder, in the order of their dates: all of its JSON files, one a week.

    Raises
    ------
    InputError
        There is no such folder or no file in it, a file has faults, or two are of the same week; with the
        faults of all files.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import Actuals, read_actuals_folder
    >>> for day in (date(2026, 10, 12), date(2026, 10, 5)):
    ...     text = Actuals(week_start=day).model_dump_json()
    ...     written = (folder / f"{day}.json").write_text(text, encoding="utf-8")
    >>> [week.week_start.day for week in read_actuals_folder(folder)]
    [5, 12]
    """
    require_path("read_actuals_folder", "folder", folder)
    place = Path(folder)
    what = f"actuals in {show(place.name)[1:-1]}"
    if not place.is_dir():
        raise InputError(what, [Fault("missing_folder", show(place.name)[1:-1], "", "a folder of actuals")])
    files = sorted(path for path in place.iterdir() if path.suffix == ".json")
    faults: list[Fault] = []
    weeks: dict[Any, tuple[str, Actuals]] = {}
    for path in files:
        name = show(path.name)[1:-1]
        try:
            week = read_actuals(path)
        except InputError as error:
            faults += [Fault(f.code, f"{name} {f.place}", f.value, f.expected, f.of) for f in error.faults]
            continue
        earlier, _ = weeks.setdefault(week.week_start, (name, week))
        if earlier != name:
            expected = f"one file for each week ({earlier} is of this one)"
            faults.append(Fault("duplicate", name, str(week.week_start), expected))
    if not files:
        faults.append(Fault("missing_file", show(place.name)[1:-1], "no .json file", "a file for each week"))
    if faults:
        raise InputError(what, faults)
    return tuple(week for _, (_, week) in sorted(weeks.items()))


def _checked(kind: type[A], text: str, data: Any, what: str) -> A:
    actuals, faults = validate(kind, text, data)
    if actuals is None:
        raise InputError(what, faults)
    found = find_actuals_faults(actuals)
    if found:
        raise InputError(what, found)
    return actuals
