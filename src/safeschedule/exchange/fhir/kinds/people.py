"""Clinicians, attendants and clients."""

from __future__ import annotations

from safeschedule.exchange.fhir.kinds.hours import Away, Working
from safeschedule.exchange.fhir.kinds.kind import ResourceKind
from safeschedule.exchange.fhir.kinds.native import Concept, Fixed, Refers
from safeschedule.exchange.fhir.look import Plain
from safeschedule.exchange.fhir.terms import identifier, resource_id
from safeschedule.problem import Attendant, Client, Clinician

PERSON = ("Practitioner", "PractitionerRole")
SITE = "site-"

_ROLE = (
    Fixed("active", value=True),
    Refers("id", "practitioner", "Practitioner", listed=False),
    Concept("role", "code"),
    Concept("skills", "specialty", many=True),
    Refers("sites", "location", "Location", SITE, many=True),
    Working(),
    Away(),
)


def _practitioner(role: Plain) -> Plain:
    """Return the person of a role: a code, and nothing else."""
    code = role["identifier"][0]["value"]
    made = {"resourceType": "Practitioner", "id": resource_id(code), "meta": role["meta"]}
    return {**made, "identifier": identifier(code), "active": True}


CLINICIANS = ResourceKind("clinicians", Clinician, "PractitionerRole", _ROLE, beside=_practitioner)
ATTENDANTS = ResourceKind(
    "attendants", Attendant, "PractitionerRole", (*_ROLE[:2], *_ROLE[3:]), beside=_practitioner
)
CLIENTS = ResourceKind(
    "clients",
    Client,
    "Patient",
    (Refers("clinician", "generalPractitioner", *PERSON[:1], also=PERSON[1:], passed=("Organization",)),),
)
