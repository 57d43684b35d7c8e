"""A problem as a FHIR Bundle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from safeschedule.exchange.fhir.bundles import bundle
from safeschedule.exchange.fhir.codes import Codes, Known
from safeschedule.exchange.fhir.extensions import written
from safeschedule.exchange.fhir.kinds import OF_PROBLEM, ResourceKind
from safeschedule.exchange.fhir.kinds.native import to
from safeschedule.exchange.fhir.look import FhirContext, Plain, SessionAsked
from safeschedule.exchange.fhir.terms import identifier, resource_id, system, tag
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.problem.kinds import require_kind

PROBLEM = "problem"
"""The tag of the resource that has what belongs to no other."""


def fhir_problem(problem: Problem) -> dict[str, Any]:
    """Return a problem as a FHIR R4 Bundle, from which `import_fhir` makes an equal one.

    What R4 has no element for is in extensions; the reference page on FHIR lists both.

    Parameters
    ----------
    problem
        A problem without faults.

    Returns
    -------
    dict
        The Bundle as plain data, fit for JSON.

    Raises
    ------
    InputError
        The problem has faults, or fhir.resources is not installed.

    Examples
    --------
    >>> from safeschedule import fhir_problem
    >>> made = fhir_problem(problem)
    >>> sorted({entry["resource"]["resourceType"] for entry in made["entry"]})[:3]
    ['Basic', 'HealthcareService', 'Location']
    """
    require_kind("fhir_problem", "problem", problem, Problem)
    require_sound(problem)
    return bundle(_resources(problem))


def _resources(problem: Problem) -> Iterator[Plain]:
    plain = problem.model_dump(mode="json", exclude_defaults=True)
    around = around_of(problem)
    yield header(PROBLEM, "Problem", _rest(plain))
    for kind in OF_PROBLEM:
        for number, entity in enumerate(value_at(plain, kind.path)):
            yield from kind.write(entity, str(number), around)
    people = {
        code for block in problem.pinned_blocks for code in (*block.clinicians, block.supervisor) if code
    }
    yield from (calendar(each.id) for each in problem.clinicians if each.id in people)


def _rest(plain: Plain) -> Plain:
    """Return the fields of a problem that are resources of no kind."""
    elsewhere = {kind.path.partition(".")[0] for kind in OF_PROBLEM}
    return {"time_zone": "UTC", **{name: v for name, v in plain.items() if name not in elsewhere}}


def value_at(plain: Plain, path: str) -> list[Plain]:
    """Return a list of a problem by its path; an empty one where there is none."""
    found: Any = plain
    for part in path.split("."):
        found = found.get(part, {})
    return list(found)


def header(what: str, owner: str, values: Plain) -> Plain:
    """Return the resource for what belongs to no other."""
    made = {"resourceType": "Basic", "id": what, "meta": tag(what)}
    return {
        **made,
        "code": {"coding": [{"system": system("header"), "code": what}]},
        **written(owner, values),
    }


def calendar(person: str, horizon: Plain | None = None) -> Plain:
    """Return the Schedule of a person, to whom Slots belong."""
    made: Plain = {"resourceType": "Schedule", "id": resource_id(person), "meta": tag("calendar")}
    made |= {"identifier": identifier(person), "active": True, "actor": [to("Practitioner", person)]}
    return {**made, **({"planningHorizon": horizon} if horizon else {})}


def around_of(problem: Problem) -> FhirContext:
    """Return what resources of a problem, or of a schedule of it, are written and read with."""
    codes = Codes()
    for kind in OF_PROBLEM:
        if not isinstance(kind, ResourceKind) or not kind.coded or kind.numbered:
            continue
        for entity in getattr(problem, kind.path):
            known = Known(kind.resource, entity.id, kind.path)
            codes.add([f"{kind.resource}/{resource_id(entity.id, kind.prefix)}"], known)
            if kind.resource == "PractitionerRole":
                for type_ in ("Practitioner", "Schedule"):
                    own = Known(type_, entity.id, kind.path)
                    codes.add([f"{type_}/{resource_id(entity.id)}"], own)
    return FhirContext(problem.week_start, ZoneInfo(problem.time_zone), codes, asked=_asked(problem))


def _asked(problem: Problem) -> dict[tuple[str, str], SessionAsked]:
    lengths = {kind.id: kind.minutes for kind in problem.session_types}
    found = {("request", r.id): SessionAsked(lengths[r.session_type], (r.client,)) for r in problem.requests}
    return found | {("group", g.id): SessionAsked(lengths[g.session_type], ()) for g in problem.groups}
