"""Whether resources are what R4 says they are, by the models of fhir.resources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from safeschedule.exchange.fhir.model import model, validate
from safeschedule.exchange.fhir.reading.opening import Resource
from safeschedule.exchange.fhir.told import FhirNotes
from safeschedule.problem.showing import format_place

_UNREAD = ("text", "contained")
"""Elements of every resource that are never read, and so are not looked at."""

_FORMS = {
    "Boolean": "true or false",
    "Date": "a date such as 2026-10-05",
    "DateTime": "a date, or a time with its offset such as 2026-10-05T09:00:00+01:00",
    "Decimal": "a number",
    "Instant": "a time with its offset, such as 2026-10-05T09:00:00+01:00",
    "Integer": "a whole number",
    "Time": "a time of day such as 09:00:00",
}
_CODES = {
    "extra_forbidden": ("unknown_field", "an element of R4"),
    "list_type": ("wrong_type", "a list"),
    "missing": ("missing_field", "this element"),
    "model_field_validation.missing": ("missing_field", "this element"),
    "string_type": ("wrong_type", "text"),
    "string_pattern_mismatch": ("bad_value", "text of the form that R4 gives this element"),
}


def is_valid(resource: Resource, told: FhirNotes) -> bool:
    """Return whether a resource is valid; what is wrong with it is noted.

    Extensions of this package are left to whoever reads them, and narratives are not read at all.
    """
    data = {key: value for key, value in resource.data.items() if key not in _UNREAD}
    before = len(told.faults)
    _refuse_modifiers(data, resource.place, told)
    try:
        validate(data)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=False):
            _tell(each, resource.place, told)
    except (KeyError, TypeError, ValueError, AttributeError, LookupError) as error:
        # The models meet some shapes with whatever happens.
        told.fault("not_fhir", resource.place, type(error).__name__, f"a {resource.type} as R4 has it")
    _refuse_words(resource, told)
    return len(told.faults) == before


def _refuse_words(resource: Resource, told: FhirNotes) -> None:
    """Refuse words that R4 does not have for an element; the models take any."""
    for name, field in model(resource.type).model_fields.items():
        words = (field.json_schema_extra or {}).get("enum_values")
        found = resource.data.get(name)
        if words and found is not None and found not in words:
            told.fault("unknown_value", f"{resource.place}.{name}", found, f"one of: {', '.join(words)}")


def _tell(error: Any, place: str, told: FhirNotes) -> None:
    code, expected = _CODES.get(error["type"], ("bad_value", "another value"))
    kind = str(error["msg"]).removeprefix("Value error, ").partition(" ")[0]
    if error["type"] == "value_error":
        expected = _FORMS.get(kind, "a value as R4 has it")
        if "but got multiple" in error["msg"]:
            code, expected = "bad_value", "one of the elements of which R4 allows one"
    where = format_place(error["loc"]) if error["loc"] else ""
    told.fault(
        code, f"{place}.{where}".rstrip("."), None if code == "missing_field" else error["input"], expected
    )


def _refuse_modifiers(value: Any, place: str, told: FhirNotes) -> None:
    """Refuse what R4 forbids to pass over: it may turn the meaning of everything round."""
    for where, name, found in _modifiers(value, place):
        told.fault(
            "unknown_modifier", f"{where}.{name}", found, "none: R4 forbids to read what is not understood"
        )


def _modifiers(value: Any, place: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _modifiers(each, f"{place}[{number}]")
    if not isinstance(value, dict):
        return
    for name in ("modifierExtension", "implicitRules"):
        if value.get(name):
            found = value[name]
            first = found[0] if isinstance(found, list) and found else found
            yield place, name, first.get("url") if isinstance(first, dict) else first
    for key, each in value.items():
        if isinstance(each, dict | list) and key not in ("modifierExtension", "extension"):
            yield from _modifiers(each, f"{place}.{key}")
