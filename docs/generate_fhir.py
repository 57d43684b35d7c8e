"""Writes docs/reference/fhir.md from what reads and writes FHIR: python -m docs.generate_fhir."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from safeschedule.exchange.fhir.kinds import OF_PROBLEM, OF_SCHEDULE, ResourceKind, SlotKind, all_kinds
from safeschedule.exchange.fhir.model import model
from safeschedule.exchange.fhir.reading.leaving_out import ALWAYS, READ_BESIDE
from safeschedule.problem import Problem

FILE = Path(__file__).parent / "reference" / "fhir.md"
MARK = "<!-- From here on made by docs/generate_fhir.py; change src/safeschedule/exchange/fhir. -->"
OF_PEOPLE = ("Practitioner", "Schedule")
"""Resources that are written beside those of a list."""
_REFUSED = {"implicitRules", "modifierExtension"}


def page() -> str:
    """Return the page: its beginning as it is written there, then each list, then each resource."""
    beginning = FILE.read_text(encoding="utf-8").partition(MARK)[0].rstrip()
    parts = [beginning, MARK, "## What is where", _lists(), "## Element by element", _LEGEND]
    return "\n\n".join([*parts, *(_resource(type_) for type_ in _types())]) + "\n"


_LEGEND = (
    "Of each type of resource: what is written of problems and schedules, what is read of any\n"
    "program's, and what is not read. Which of these a file has is told when it is read."
)


def _own(kind: ResourceKind | SlotKind) -> ResourceKind:
    return kind.one if isinstance(kind, SlotKind) else kind


def _lists() -> str:
    lines = ["| list | resource | in elements of R4 | in extensions alone |", "|---|---|---|---|"]
    for kind in (*OF_PROBLEM, *OF_SCHEDULE):
        own = _own(kind)
        natively = {field for native in own.natives for field in native.fields}
        extra = {"clinicians", "supervisor"} if isinstance(kind, SlotKind) else set()
        said = [name for name in own.model.model_fields if name in natively | extra]
        rest = [name for name in own.model.model_fields if name not in {*said, "id"}]
        rest += ["id"] if not own.coded and "id" in own.model.model_fields else []
        lines.append(f"| `{kind.path}` | {own.resource} | {_words(said)} | {_words(rest)} |")
    elsewhere = {kind.path.partition(".")[0] for kind in OF_PROBLEM}
    header = [name for name in Problem.model_fields if name not in elsewhere]
    lines.append(f"| all else of a problem | Basic | | {_words(header)} |")
    return "\n".join(lines)


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _types() -> list[str]:
    types = [*OF_PEOPLE, *(_own(kind).resource for kind in all_kinds().values())]
    return [*dict.fromkeys(sorted(types)), "AppointmentResponse"]


def _resource(type_: str) -> str:
    written, read = dict(_written(type_)), READ_BESIDE.get(type_, {})
    elements = [name for name in model(type_).elements_sequence() if name not in ALWAYS | _REFUSED]
    rows = [
        f"| `{name}` | {written.get(name, '')} | {_read(name, read, type_)} |"
        for name in elements
        if name in written or name in read
    ]
    rest = [name for name in elements if name not in written and name not in read]
    table = "\n".join(["| element | written | read |", "|---|---|---|", *rows])
    return f"### {type_}\n\n{table}\n\nNot read: {_words(rest)}."


def _read(name: str, read: dict[str, str], type_: str) -> str:
    if name in read:
        return read[name]
    fields = {
        f for own in _kinds(type_) for native in own.natives if name in native.elements for f in native.fields
    }
    return "yes" if fields else "no"


def _kinds(type_: str) -> Iterator[ResourceKind]:
    yield from (own for own in map(_own, all_kinds().values()) if own.resource == type_)


_BESIDE = {
    "HealthcareService": {"type": "its code"},
    "Practitioner": {"active": "true"},
    "Schedule": {"active": "true", "actor": "the person", "planningHorizon": "the week"},
    "Slot": {
        "status": "busy-unavailable: protected time; busy: a pinned session; busy-tentative: any other",
        "schedule": "of the person",
    },
    "Appointment": {
        "status": "booked: pinned, and meetings; pending: planned; fulfilled: history; waitlist: left out; "
        "cancelled: called off",
        "slot": "the Slots that it takes",
    },
    "AppointmentResponse": {
        "appointment": "whose answer it is",
        "start": "of the appointment",
        "end": "of the appointment",
        "actor": "its clinicians; of what is left out, the HealthcareService",
        "participantStatus": "accepted: pinned; tentative: planned; declined: left out",
        "comment": "why it is left out",
    },
}


def _written(type_: str) -> Iterator[tuple[str, str]]:
    """Yield the elements of a type that are written, and what they say."""
    said: dict[str, list[str]] = {}
    for own in _kinds(type_):
        for native in own.natives:
            for element in native.elements:
                said.setdefault(element, []).extend(native.fields or [_fixed(native)])
    for element, words in said.items():
        yield element, ", ".join(f"`{word}`" for word in dict.fromkeys(words) if word)
    yield from _BESIDE.get(type_, {}).items()


def _fixed(native: object) -> str:
    value = getattr(native, "value", "")
    if isinstance(value, dict):
        value = value["coding"][0]["code"]
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
