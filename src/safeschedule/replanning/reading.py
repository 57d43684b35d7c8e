"""Changes from files and text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO, get_args

from safeschedule.errors import Fault, InputError
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.replanning.changes import Change, Changes

_KINDS = {kind.model_fields["change"].default: kind for kind in get_args(get_args(Change)[0])}
_KIND = re.compile(rf"^(\[\d+\])\.({'|'.join(_KINDS)})\b")


def read_changes(source: str | Path | TextIO) -> tuple[Change, ...]:
    """Return the changes of a JSON file.

    Parameters
    ----------
    source
        A path, or an open text file.

    Raises
    ------
    InputError
        The file cannot be read, is larger than 32 MiB, is not JSON or not a list of changes.

    Examples
    --------
    >>> from safeschedule import read_changes
    >>> written = (folder / "changes.json").write_text("[]", encoding="utf-8")
    >>> read_changes(folder / "changes.json")
    ()
    """
    return changes_from_text(read_text(source, "changes"), name_of(source, "changes"))


def changes_from_text(text: str, what: str = "changes") -> tuple[Change, ...]:
    """Return the changes of JSON text.

    Parameters
    ----------
    text
        The JSON: a list of changes.
    what
        What it is, for the error's first line.

    Raises
    ------
    InputError
        As for `read_changes`.

    Examples
    --------
    >>> from safeschedule import changes_from_text
    >>> changes_from_text('[{"change": "risk_flag", "client": "P0", "flag": "volatile"}]')[0].client
    'P0'
    """
    data = parse_json(text, what)
    unknown = _unknown(data)
    if unknown:
        raise InputError(what, unknown)
    changes, faults = validate(Changes, text, data)
    if changes is None:
        # The kind stands in the change itself; in the place it would be no field of the file.
        raise InputError(what, [replace(f, place=_KIND.sub(r"\1", f.place)) for f in faults])
    return changes.root


def _unknown(data: Any) -> list[Fault]:
    """Return a fault for each entry of which it is not said what it changes."""
    if not isinstance(data, list):
        return [Fault("wrong_type", "the file", show(data), "a list of changes")]
    faults = []
    for number, entry in enumerate(data):
        place = f"[{number}]"
        if not isinstance(entry, dict):
            faults.append(Fault("wrong_type", place, show(entry), "an object with the field change"))
        elif "change" not in entry:
            faults.append(Fault("missing_field", f"{place}.change", "", f"one of: {', '.join(_KINDS)}"))
        elif not isinstance(entry["change"], str) or entry["change"] not in _KINDS:
            hint = did_you_mean(str(entry["change"]), _KINDS)
            expected = f"one of: {', '.join(_KINDS)}{hint}"
            faults.append(Fault("unknown_value", f"{place}.change", show(entry["change"]), expected))
    return faults
