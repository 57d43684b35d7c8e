"""JSON text as plain data: stricter than the standard library, and never a crash."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn

from safeschedule.errors import Fault, InputError
from safeschedule.problem.cutting import MOST
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.showing import format_place, show

DEEPEST = 40
"""Deepest nesting; problems need six levels."""

MOST_VALUES = 2_000_000
"""Most values in a file; a week of a thousand clinicians needs half of it."""


def parse_json(text: str, what: str) -> Any:
    """Return JSON text as plain data.

    Raises
    ------
    InputError
        It is cut or malformed, repeats a key in one object, has NaN or infinity, or is nested too deeply.
    """
    require_kind("reading", "text", text, str, "JSON text")
    # Counted before they are made: empty objects take a hundred times their place in the file.
    count = text.count(",") + text.count("{") + text.count("[")
    if count > MOST_VALUES:
        raise InputError(what, [Fault("too_large", "the file", f"{count} values", f"at most {MOST_VALUES}")])
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InputError(what, [_malformed(text, error)]) from error
    except RecursionError as error:
        raise InputError(what, [_too_deep("the file")]) from error
    except ValueError as error:
        # NaN and infinity, and numbers of more digits than Python converts.
        expected = "numbers as JSON has them: finite, of at most 4300 digits"
        raise InputError(what, [Fault("not_json", "the file", show(str(error)), expected)]) from error
    faults = faults_of_nesting(data)
    if faults:
        raise InputError(what, faults)
    return data


class _Repeating(dict[str, Any]):
    """An object of which some keys came twice."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counts = Counter(key for key, _ in pairs)
    repeating = _Repeating(found)
    repeating.repeated = tuple(key for key, count in counts.items() if count > 1)
    return repeating


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _malformed(text: str, error: json.JSONDecodeError) -> Fault:
    place = f"line {error.lineno} column {error.colno}"
    rest = text[error.pos : error.pos + 20].split("\n")[0]
    if not text.strip():
        return Fault("not_json", place, "nothing", "a JSON object")
    cut = any(word.startswith(text[error.pos :].strip()) for word in ("null", "true", "false"))
    if cut or error.msg.startswith("Unterminated string"):
        return Fault("not_json", place, show(rest) if rest else "the end", "more text: the JSON is cut off")
    return Fault("not_json", place, show(rest), f"JSON; {error.msg[0].lower()}{error.msg[1:]}")


def _too_deep(place: str) -> Fault:
    return Fault("too_deep", place, "", f"nesting of at most {DEEPEST} levels")


def faults_of_nesting(data: Any) -> list[Fault]:
    """Return faults of keys that came twice and of deep nesting, without recursion."""
    faults: list[Fault] = []
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), data)]
    while stack and len(faults) < MOST:
        path, value = stack.pop()
        if not isinstance(value, dict | list):
            continue
        if len(path) >= DEEPEST:
            return [_too_deep(format_place(path[:6]) + "...")]
        if isinstance(value, _Repeating):
            for key in value.repeated:
                place = format_place((*path, key))
                faults.append(Fault("duplicate_key", place, "the key again", "each key once in an object"))
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        stack += reversed([((*path, key), entry) for key, entry in entries if isinstance(entry, dict | list)])
    return faults
