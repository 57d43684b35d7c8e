"""The names that this package gives to what FHIR has no name for."""

from __future__ import annotations

import hashlib
import re
from typing import Any

BASE = "https://safeschedule.invalid/fhir"
"""What all of them begin with. The domain can never be somebody's: these are names and lead nowhere."""

CODE = f"{BASE}/code"
"""The system of identifiers that hold a code of a problem exactly."""

LIST = f"{BASE}/list"
"""The system of the tag that says to which list of a problem or schedule a resource belongs."""

PHYSICAL_TYPE = "http://terminology.hl7.org/CodeSystem/location-physical-type"

_ID = re.compile(r"[A-Za-z0-9\-.]+")
_CODE = re.compile(r"[^\s]+( [^\s]+)*")
LONGEST_ID = 64


def extension_url(owner: str, field: str) -> str:
    """Return the name of the extension for a field of a model, such as ``Client.band``."""
    return f"{BASE}/extension/{owner}.{field}"


def system(field: str) -> str:
    """Return the system of the codes of a field, such as ``session_type``."""
    return f"{BASE}/{field}"


def resource_id(code: str, prefix: str = "") -> str:
    """Return a code as the id of a resource; one that cannot be an id is hashed.

    Examples
    --------
    >>> resource_id("C1"), resource_id("12", "room-")
    ('C1', 'room-12')
    >>> len(resource_id("two words"))
    40
    """
    if _ID.fullmatch(code) and len(prefix) + len(code) <= LONGEST_ID:
        return prefix + code
    return prefix + hashlib.sha256(code.encode()).hexdigest()[:40]


def is_code(text: str) -> bool:
    """Return whether text can be the code of a FHIR coding."""
    return _CODE.fullmatch(text) is not None


def tag(path: str) -> dict[str, Any]:
    """Return the metadata of a resource that belongs to a list."""
    return {"tag": [{"system": LIST, "code": path}]}


def tagged(resource: dict[str, Any]) -> str:
    """Return to which list a resource says that it belongs; nothing for those from elsewhere."""
    for each in resource.get("meta", {}).get("tag", ()):
        if each.get("system") == LIST:
            return str(each.get("code", ""))
    return ""


def identifier(code: str) -> list[dict[str, str]]:
    """Return the identifiers of a resource of this package."""
    return [{"system": CODE, "value": code}]


def own_code(resource: dict[str, Any]) -> str | None:
    """Return the code that this package has written into a resource."""
    found = resource.get("identifier", ())
    for each in found if isinstance(found, list) else ():
        if each.get("system") == CODE and isinstance(each.get("value"), str):
            return str(each["value"])
    return None
