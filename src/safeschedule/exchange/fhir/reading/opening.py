"""FHIR files as resources: a Bundle, one resource, NDJSON, or a folder of these."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.fhir.look import Plain
from safeschedule.exchange.fhir.told import FhirNotes
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.plain_data import text_of
from safeschedule.problem.reading.source import name_of, text_or_fault
from safeschedule.problem.showing import show

WHAT = "FHIR"
Source = str | Path | TextIO | Mapping[str, Any]

_ENDINGS = (".json", ".ndjson")
_UNREAD = ("history", "subscription-notification")
"""Types of Bundles that do not say how things are now."""


@dataclass(frozen=True)
class Resource:
    """A resource of a file.

    Parameters
    ----------
    data
        The resource.
    place
        Where it is, such as ``Bundle.entry[3].resource``.
    url
        Its full URL; empty where it has none.
    """

    data: Plain
    place: str
    url: str = ""

    @property
    def type(self) -> str:
        """Its type."""
        return str(self.data["resourceType"])


def resources_of(source: Source, told: FhirNotes) -> list[Resource]:
    """Return the resources of a file, a folder or plain data; faults are noted.

    Raises
    ------
    InputError
        It cannot be read, or is no JSON.
    """
    if isinstance(source, Mapping):
        text_of(dict(source), WHAT)
        return list(_of_data(dict(source), "", told))
    if isinstance(source, str | Path) and Path(source).is_dir():
        return list(_of_folder(Path(source), told))
    if not isinstance(source, str | Path) and source.seekable():
        source.seek(0)  # a schedule is read once more for what is told of it
    return list(_of_text(_text(source), name_of(source, WHAT), "", told))


def _text(source: str | Path | TextIO) -> str:
    found = text_or_fault(source)
    if isinstance(found, Fault):
        raise InputError(name_of(source, WHAT), [found])
    return found


def _of_folder(folder: Path, told: FhirNotes) -> Iterator[Resource]:
    paths = sorted(path for path in folder.iterdir() if path.suffix.casefold() in _ENDINGS)
    if not paths:
        told.fault("missing_file", show(folder.name)[1:-1], None, "files that end in .json or .ndjson")
    for path in paths:
        found = text_or_fault(path)
        if isinstance(found, Fault):
            told.faults.append(found)
            continue
        name = show(path.name)[1:-1]
        try:
            yield from _of_text(found, name, f"{name} ", told)
        except InputError as error:
            told.faults += [
                Fault(each.code, f"{name} {each.place}", each.value, each.expected) for each in error.faults
            ]


def _of_text(text: str, what: str, before: str, told: FhirNotes) -> Iterator[Resource]:
    if text.lstrip().startswith("<"):
        expected = "FHIR as JSON; most servers give it with _format=json"
        raise InputError(what, [Fault("not_json", "the file", "XML", expected)])
    if _is_lines(text):
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                yield from _of_data(
                    parse_json(line, f"{what} line {number}"), f"{before}line {number} ", told
                )
    else:
        yield from _of_data(parse_json(text, what), before, told)


def _is_lines(text: str) -> bool:
    """Return whether there is a whole resource in the first line, and another after it."""
    first, _, rest = text.lstrip().partition("\n")
    if not rest.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _of_data(data: Any, before: str, told: FhirNotes) -> Iterator[Resource]:
    type_ = data.get("resourceType") if isinstance(data, dict) else None
    if not isinstance(type_, str):
        told.fault("not_fhir", f"{before}resourceType", type_, "a FHIR resource, which names its type")
    elif type_ != "Bundle":
        yield Resource(_without_nothing(data), f"{before}{type_}")
    else:
        yield from _of_bundle(data, before, told)


def _of_bundle(data: Plain, before: str, told: FhirNotes) -> Iterator[Resource]:
    place = f"{before}Bundle"
    if data.get("type") in _UNREAD or not isinstance(data.get("type"), str):
        expected = "collection, searchset, transaction, batch, document or message: how things are now"
        told.fault("unknown_value", f"{place}.type", data.get("type"), expected)
    entries = data.get("entry") or []
    if not isinstance(entries, list):
        told.fault("wrong_type", f"{place}.entry", entries, "a list")
        return
    links = data.get("link")
    if any(isinstance(each, dict) and each.get("relation") == "next" for each in links or ()):
        told.note(f"{place}.link", "there are more pages, which are not in this file")
    for number, entry in enumerate(entries):
        yield from _of_entry(entry, f"{place}.entry[{number}]", told)


def _of_entry(entry: Any, place: str, told: FhirNotes) -> Iterator[Resource]:
    resource = entry.get("resource") if isinstance(entry, dict) else None
    asked = entry.get("request") if isinstance(entry, dict) else None
    if isinstance(asked, dict) and asked.get("method") == "DELETE":
        told.note(place, "what is to be deleted is not read")
        return
    if isinstance(entry, dict) and resource is None and isinstance(asked or entry.get("response"), dict):
        told.note(place, "a request or a response without a resource is not read")
        return
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        told.fault("not_fhir", f"{place}.resource", resource, "a resource, which names its type")
        return
    url = entry.get("fullUrl")
    if url is not None and not isinstance(url, str):
        told.fault("wrong_type", f"{place}.fullUrl", url, "text")
        url = None
    yield Resource(_without_nothing(resource), f"{place}.resource", url or "")


def _without_nothing(value: Any) -> Any:
    """Return plain data without elements that are null, which say nothing."""
    if isinstance(value, dict):
        return {key: _without_nothing(each) for key, each in value.items() if each is not None}
    return [_without_nothing(each) for each in value] if isinstance(value, list) else value
