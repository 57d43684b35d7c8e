"""The entries of lists from their resources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from safeschedule.exchange.fhir.kinds import ResourceKind, SlotKind, all_kinds
from safeschedule.exchange.fhir.look import Plain, ResourceReader
from safeschedule.exchange.fhir.reading.gathered import FhirGathered
from safeschedule.exchange.fhir.reading.leaving_out import unread, why_left_out
from safeschedule.exchange.fhir.reading.naming import AGAIN, HEADER, PERSON, code_of, list_of
from safeschedule.exchange.fhir.reading.opening import Resource
from safeschedule.exchange.fhir.reading.timing import timing
from safeschedule.exchange.fhir.terms import own_code

_BESIDE = (AGAIN, HEADER)
_SIX = timedelta(days=6)


def gather(got: FhirGathered, resources: Sequence[Resource]) -> dict[str, list[ResourceReader]]:
    """Read the entries of all lists.

    Returns
    -------
    dict
        What is no entry of a list by itself, by what it is: calendars, slots, appointments from elsewhere.
    """
    rest: dict[str, list[ResourceReader]] = {}
    blocks: dict[tuple[str, str], list[ResourceReader]] = {}
    passed: dict[str, set[str]] = {}
    for resource in resources:
        look = ResourceReader(resource.data, resource.place, got.around, resource.url)
        path = list_of(resource.data)
        if path in _BESIDE:
            continue
        if not path:
            look.note("", "resources of this sort are not read")
            continue
        why = why_left_out(path, look)
        if why is not None:
            look.note("", why)
            continue
        passed.setdefault(resource.type, set()).update(unread(path, resource.data))
        kind = all_kinds().get(path)
        if isinstance(kind, SlotKind):
            blocks.setdefault((path, own_code(resource.data) or resource.place), []).append(look)
        elif kind is None:
            rest.setdefault(path, []).append(look)
        else:
            _add(got, kind, look, code_of(resource))
    for (path, _), looks in blocks.items():
        own = all_kinds()[path]
        assert isinstance(own, SlotKind)
        got.add(path, own.read(looks), looks[0], own)
    _persons(got, rest.pop(PERSON, ()))
    for type_, elements in passed.items():
        if elements:
            got.around.told.note(type_, f"{', '.join(sorted(elements))}: not read")
    return rest


def _add(got: FhirGathered, kind: ResourceKind, look: ResourceReader, code: str) -> None:
    if kind.path == "clinicians":
        code = look.code(look.data.get("practitioner"), "practitioner", "Practitioner") or ""
        _role(got, kind, look, code)
        return
    entity = kind.read(look, code)
    if kind.path == "session_types":
        _service(got, entity, look)
    if kind.path == "requests":
        entity |= timing(look)
    if kind.path == "requests" and entity.get("latest", "9") < str(got.around.week_start):
        look.note("occurrencePeriod", "what was due before the week is left out")
        return
    path = kind.path
    if path == "requests" and entity.get("earliest", "") > str(got.around.week_start + _SIX):
        path = "upcoming"
    got.add(path, entity, look, kind)


def _role(got: FhirGathered, kind: ResourceKind, look: ResourceReader, code: str) -> None:
    """Add a role to a clinician; further roles add to what the first says."""
    if not code:
        return
    entity = kind.read(look, code)
    there = got.people.get(code)
    if there is None:
        got.people[code] = entity
        entity.setdefault("working", [])
        got.add("clinicians", entity, look, kind)
        return
    for name, value in entity.items():
        if isinstance(value, list):
            there[name] = [*there.get(name, []), *(each for each in value if each not in there.get(name, []))]
        elif there.setdefault(name, value) != value:
            look.note("", f"another {name} of the same person is not read")


def _service(got: FhirGathered, entity: Plain, look: ResourceReader) -> None:
    """Note what a service is called elsewhere, and how long its sessions are where it does not say it."""
    for _, each in look.all("type"):
        for coding in each.get("coding") or ():
            if coding.get("code"):
                # Of several services of one type none is meant.
                name = str(coding["code"])
                got.types[name] = "" if name in got.types else str(entity["id"])
    if "minutes" in entity:
        return
    if got.minutes is None:
        expected = "how long its sessions are: --minutes, or the extension SessionType.minutes"
        look.fault("missing_field", "extension", None, expected)
        return
    look.note("", f"its sessions are read as {got.minutes} minutes long")
    entity["minutes"] = got.minutes


def _persons(got: FhirGathered, looks: Iterable[ResourceReader]) -> None:
    """Add what Practitioners say themselves: what they can, and that they are there."""
    for look in looks:
        code = code_of(Resource(look.data, look.place, look.url))
        if own_code(look.data) is not None:
            continue  # of this package's, the role says everything
        skills = [look.concept(each, place, "skills") for place, each in look.all("communication")]
        skills += [
            look.concept(each.get("code"), f"{place}.code", "skills")
            for place, each in look.all("qualification")
        ]
        if code not in got.people:
            look.note("", "has no PractitionerRole, which would say when it works")
            got.people[code] = {"id": code, "working": []}
            got.add("clinicians", got.people[code], look)
        found = [*got.people[code].get("skills", ()), *(skill for skill in skills if skill)]
        if found:
            got.people[code]["skills"] = list(dict.fromkeys(found))
