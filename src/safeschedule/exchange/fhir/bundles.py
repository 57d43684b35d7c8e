"""Resources as a Bundle, and a Bundle as bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from safeschedule.exchange.fhir.look import Plain
from safeschedule.exchange.fhir.model import require, validate
from safeschedule.exchange.fhir.terms import BASE


def bundle(resources: Iterable[Plain]) -> Plain:
    """Return a Bundle of resources, each valid by its R4 model.

    Raises
    ------
    InputError
        fhir.resources is not installed.
    """
    require("FHIR")
    entries = []
    for each in resources:
        validate(each)
        entries.append({"fullUrl": f"{BASE}/{each['resourceType']}/{each['id']}", "resource": each})
    return {"resourceType": "Bundle", "type": "collection", **({"entry": entries} if entries else {})}


def as_bytes(made: dict[str, Any]) -> bytes:
    """Return a Bundle as a file: a line for each resource."""
    head = {name: value for name, value in made.items() if name != "entry"}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in made.get("entry", ()))
    return f'{start}, "entry": [\n{lines}\n]}}\n'.encode() if lines else f"{start}}}\n".encode()
