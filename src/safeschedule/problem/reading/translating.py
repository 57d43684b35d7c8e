"""What pydantic finds wrong, as faults in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from safeschedule.errors import Fault
from safeschedule.problem.cutting import MOST, more
from safeschedule.problem.entity import LONGEST
from safeschedule.problem.showing import did_you_mean, format_place, show

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]

_KINDS = {
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "string_unicode": "text without halves of characters",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object with fields",
    "model_attributes_type": "an object with fields",
    "decimal_type": "a number such as 0.8",
    "decimal_parsing": "a number such as 0.8",
    "is_instance_of": "a number such as 0.8",
    "date_type": 'a date such as "2026-10-05"',
    "date_parsing": 'a date such as "2026-10-05"',
    "date_from_datetime_parsing": 'a date such as "2026-10-05"',
    "date_from_datetime_inexact": "a date without a time",
    "datetime_type": 'a local time such as "2026-10-05T09:30"',
}

_OWN = frozenset({"bad_value", "out_of_range", "unknown_time_zone", "unknown_value", "wrong_type"})
"""Codes that the validators of the types give themselves."""

_VERSIONS = ("1", "2")
"""The versions of files that are read, the one that is written last."""

_PARAMETER = ("rulebook", "rules", "", "parameters")
_PARAMETER_KINDS = "a number, text, true or false, a list of words, or a table of numbers or words"


def validate(model: type[Model], text: str, data: Any) -> tuple[Model | None, tuple[Fault, ...]]:
    """Return the entity of JSON text, or every fault of its shape.

    Nothing is converted: a number in quotes is not a number.

    Parameters
    ----------
    model
        The kind of entity.
    text, data
        The same JSON as text and as plain data.
    """
    if isinstance(data, dict) and data.get("schema_version", _VERSIONS[-1]) not in _VERSIONS:
        return None, (_version_fault(data["schema_version"]),)
    senseless = tuple(_senseless(model, data))
    if senseless:
        return None, senseless
    try:
        return model.model_validate_json(text, strict=True), ()
    except ValidationError as error:
        return None, faults_of(model, error)


def faults_of(model: type, error: ValidationError) -> tuple[Fault, ...]:
    """Return what pydantic finds wrong as faults in plain words."""
    return tuple(_faults(model, error.errors(include_url=False, include_context=True)))


def _senseless(model: type, data: Any) -> Iterator[Fault]:
    """Find lists that are too long, or hold hardly anything that could be meant.

    Of a million entries without their fields pydantic would make millions of errors before it says no.
    """
    if not isinstance(data, dict):
        return
    for name, field in getattr(model, "model_fields", {}).items():
        entries, inner = data.get(name), _entity_in(field.annotation)
        if not isinstance(entries, list) or inner is None:
            continue
        longest = next((m.max_length for m in field.metadata if hasattr(m, "max_length")), LONGEST)
        if len(entries) > longest:
            yield Fault("too_long", name, f"{len(entries)} entries", f"at most {longest} entries")
            continue
        needed = {key for key, own in inner.model_fields.items() if own.is_required()}
        strange = [
            n for n, entry in enumerate(entries) if not (isinstance(entry, dict) and needed <= entry.keys())
        ]
        if len(strange) > MOST:
            expected = f"objects with the fields {', '.join(sorted(needed))}"
            yield Fault(
                "wrong_type", f"{name}[{strange[0]}]", f"this and {len(strange) - 1} others", expected
            )


def _version_fault(value: Any) -> Fault:
    expected = (
        f"{' or '.join(show(v) for v in _VERSIONS)}, the versions of this format that this release reads"
    )
    return Fault("wrong_version", "schema_version", show(value), expected)


def _faults(model: type, errors: list[ErrorDetails]) -> Iterator[Fault]:
    seen: set[Place] = set()
    kinds: Counter[Place] = Counter()
    for error in errors:
        place = tuple(error["loc"])
        kind = (error["type"], *(part for part in place if isinstance(part, str)))
        kinds[kind] += 1
        if kinds[kind] > MOST:
            if kinds[kind] == MOST + 1:
                yield more(format_place(place))
        elif _in_parameters(place):
            # One value that fits none of the allowed kinds gives an error for each of them.
            place = place[:5]
            if place not in seen:
                seen.add(place)
                yield Fault("wrong_type", format_place(place), show(error["input"]), _PARAMETER_KINDS)
        else:
            yield _fault(model, error, place)


def _in_parameters(place: Place) -> bool:
    return len(place) > 4 and place[:2] == _PARAMETER[:2] and place[3] == _PARAMETER[3]


def _fault(model: type, error: ErrorDetails, place: Place) -> Fault:
    kind, context = error["type"], error.get("ctx", {})
    if place and place[-1] == "[key]":
        return Fault("bad_value", format_place(place[:-1]), show(error["input"]), "a code as key")
    if kind == "json_invalid":
        return Fault("not_json", "the file", "", f"JSON; {context.get('error', 'invalid')}")
    if kind == "missing":
        return Fault("missing_field", format_place(place), "", "this field; it has no default")
    if kind == "extra_forbidden":
        known = known_fields(model, place[:-1])
        word = str(place[-1])
        expected = did_you_mean(word, known)
        return Fault("unknown_field", format_place(place), show(error["input"]), f"a known field{expected}")
    if kind.startswith("union_tag_"):
        return _tag_fault(kind, context, place)
    code, expected = _expectation(kind, context, error)
    return Fault(code, format_place(place), show(error["input"]), expected)


def _tag_fault(kind: str, context: Mapping[str, Any], place: Place) -> Fault:
    """Return the fault of a field that says which kind of entry this is: there is none, or no such kind."""
    at = format_place((*place, str(context["discriminator"]).strip("'")))
    if kind == "union_tag_not_found":
        return Fault("missing_field", at, "", "this field; it has no default")
    choices, tag = str(context["expected_tags"]).replace("'", ""), str(context["tag"])
    hint = did_you_mean(tag, choices.split(", "))
    return Fault("unknown_value", at, show(tag), f"one of: {choices}{hint}")


def _expectation(kind: str, context: Mapping[str, Any], error: ErrorDetails) -> tuple[str, str]:
    if kind in _KINDS:
        return "wrong_type", _KINDS[kind]
    if kind in ("enum", "literal_error"):
        word = error["input"] if isinstance(error["input"], str) else ""
        choices = str(context["expected"]).replace("'", "")
        hint = did_you_mean(word, choices.replace(" or ", ", ").split(", "))
        return "unknown_value", f"one of: {choices}{hint}"
    if kind in _OWN:
        return kind, error["msg"].removeprefix("expected ")
    if kind == "value_error":
        return "bad_value", str(context["error"]).removeprefix("expected ")
    bounds = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt", "less_than": "lt"}
    words = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    if kind in bounds:
        sign = bounds[kind]
        return "out_of_range", f"{words[sign]} {context[sign]}"
    if kind.startswith("decimal_"):
        return "out_of_range", "a smaller number, with at most 2 decimal places"
    if kind == "string_too_short":
        return (
            "bad_value",
            f"at least {context['min_length']} character{'' if context['min_length'] == 1 else 's'}",
        )
    if kind == "string_too_long":
        return "bad_value", f"at most {context['max_length']} characters"
    if kind.startswith("string_"):
        return "bad_value", "a code of 1 to 80 characters that can be seen, with no space at either end"
    if kind == "too_short":
        return (
            "too_short",
            f"at least {context['min_length']} {'entry' if context['min_length'] == 1 else 'entries'}",
        )
    if kind == "too_long":
        return "too_long", f"at most {context['max_length']} entries"
    return "bad_value", "another value"


def known_fields(model: type, place: Place) -> tuple[str, ...]:
    """Return the fields of the entity at a place."""
    kind: Any = model
    for part in place:
        inner = _entity_in(kind)
        if isinstance(part, str) and inner is not None and part in inner.model_fields:
            kind = inner.model_fields[part].annotation
    found = _entity_in(kind)
    return tuple(found.model_fields) if found else ()


@cache
def _entity_in(kind: Any) -> type[BaseModel] | None:
    """Return the entity inside an annotation such as ``tuple[Clinician, ...]``."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for found in map(_entity_in, get_args(kind)) if found), None)
