"""Plain data as FHIR extensions and back, exactly: what FHIR cannot say is not lost.

A value that no extension can hold, such as empty text or nothing, is text that begins with ``json:``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from safeschedule.exchange.fhir.terms import BASE, extension_url

ENTRY = "entry"
"""The name of the extensions inside one that is a list."""

_JSON = "json:"
_KEY = re.compile(r"\S+")
_TEXT = re.compile(r"[ \r\n\t\S]+")
_WHOLE = 2**31


class UnreadableError(ValueError):
    """An extension of this package that does not hold what it has to hold."""


def extension(url: str, value: Any) -> dict[str, Any]:
    """Return a value as an extension.

    Examples
    --------
    >>> extension("u", ["a"])
    {'url': 'u', 'extension': [{'url': 'entry', 'valueString': 'a'}]}
    """
    if isinstance(value, bool):
        return {"url": url, "valueBoolean": value}
    if isinstance(value, int) and -_WHOLE <= value < _WHOLE:
        return {"url": url, "valueInteger": value}
    if isinstance(value, float):
        return {"url": url, "valueDecimal": value}
    if isinstance(value, str) and _TEXT.fullmatch(value) and not value.startswith(_JSON):
        return {"url": url, "valueString": value}
    if isinstance(value, list) and value:
        return {"url": url, "extension": [extension(ENTRY, each) for each in value]}
    if isinstance(value, dict) and value and all(_KEY.fullmatch(key) and key != ENTRY for key in value):
        return {"url": url, "extension": [extension(key, each) for key, each in value.items()]}
    return {"url": url, "valueString": _JSON + json.dumps(value)}


def value_of(found: dict[str, Any]) -> Any:
    """Return the value of an extension.

    Raises
    ------
    UnreadableError
        It holds something that this package never writes.
    """
    inner = found.get("extension")
    if isinstance(inner, list):
        keys = [str(each["url"]) for each in inner]
        if all(key == ENTRY for key in keys):
            return [value_of(each) for each in inner]
        if len(set(keys)) < len(keys) or ENTRY in keys:
            raise UnreadableError("each part once")
        return {key: value_of(each) for key, each in zip(keys, inner, strict=True)}
    for name in ("valueBoolean", "valueInteger", "valueDecimal"):
        if name in found:
            return float(found[name]) if name == "valueDecimal" else found[name]
    text = found.get("valueString")
    if not isinstance(text, str):
        raise UnreadableError("valueBoolean, valueInteger, valueDecimal, valueString or extension")
    if not text.startswith(_JSON):
        return text
    try:
        return json.loads(text.removeprefix(_JSON))
    except (ValueError, RecursionError):
        raise UnreadableError("JSON after json:") from None


def written(owner: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the element ``extension`` for fields of a model; nothing where there are none."""
    found = [extension(extension_url(owner, field), value) for field, value in values.items()]
    return {"extension": found} if found else {}


def own_fields(owner: str, element: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], int]]:
    """Yield the extensions that are fields of a model: the field, the extension and its number."""
    start = f"{BASE}/extension/{owner}."
    found = element.get("extension", ())
    for number, each in enumerate(found if isinstance(found, list) else ()):
        url = str(each.get("url", ""))
        if url.startswith(start):
            yield url.removeprefix(start), each, number
