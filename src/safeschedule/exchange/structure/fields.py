"""The fields of problems and actuals as JSON schemas have them: a new one needs nothing in any format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import safeschedule.actuals as actuals
import safeschedule.problem as problems
from safeschedule.actuals import Actuals
from safeschedule.problem.problem import Problem

Schema = Mapping[str, Any]


_WHOLE: Mapping[str, type[Problem] | type[Actuals]] = {"Problem": Problem, "Actuals": Actuals}


@cache
def whole() -> Schema:
    """Return the schema of a problem."""
    return Problem.model_json_schema()


def model(name: str) -> Schema:
    """Return the schema of a model by its name."""
    if name == "Actuals":
        return Actuals.model_json_schema()
    if name == "Problem":
        return whole()
    found: Schema = whole()["$defs"].get(name) or _recorded()[name]
    return found


@cache
def _recorded() -> Mapping[str, Schema]:
    found: Mapping[str, Schema] = Actuals.model_json_schema()["$defs"]
    return found


@dataclass(frozen=True)
class Property:
    """A field of a model.

    Parameters
    ----------
    model
        The name of the model.
    name
        Its name.
    needed
        Whether it has no default.
    default
        What it is when nothing is said, as plain data.
    inner
        The name of the model inside, if it is an entity or a list of them.
    many
        Whether it is a list.
    about
        What its model's docstring says of it.
    """

    model: str
    name: str
    needed: bool
    default: Any
    inner: str
    many: bool
    about: str

    @property
    def schema(self) -> Schema:
        """Its own schema, without the possibility of nothing."""
        return _bare(model(self.model)["properties"][self.name])


@cache
def properties(name: str) -> tuple[Property, ...]:
    """Return the fields of a model."""
    schema = model(name)
    needed = set(schema.get("required", ()))
    told = _told(name)
    found = []
    for key, raw in schema["properties"].items():
        inner, many = _inner(_bare(raw))
        default = _defaults(name).get(key)
        found.append(Property(name, key, key in needed, default, inner, many, told.get(key, "")))
    return tuple(found)


def property_of(model_name: str, name: str) -> Property:
    """Return one field of a model."""
    return next(own for own in properties(model_name) if own.name == name)


def model_at(path: str) -> str:
    """Return the name of the model at a path such as ``clinicians.working``."""
    name = "Problem"
    for part in path.split("."):
        name = property_of(name, part).inner
    return name


def lists() -> Iterator[str]:
    """Yield the lists of entities of a problem that stand for themselves."""
    for own in properties("Problem"):
        if own.many and own.inner:
            yield own.name
        elif own.inner:
            yield from (
                f"{own.name}.{each.name}" for each in properties(own.inner) if each.many and each.inner
            )


def value_at(plain: Mapping[str, Any], path: str) -> Any:
    """Return what a problem has at a path such as ``history.appointments``."""
    found: Any = plain
    for part in path.split("."):
        found = found[part]
    return found


def referred(raw: Schema) -> str:
    """Return the name of the model to which a schema refers; empty when to none."""
    return str(raw.get("$ref", "")).rpartition("/")[2]


@cache
def _defaults(name: str) -> Mapping[str, Any]:
    """Return the defaults of a model as plain data."""
    kind = _WHOLE.get(name) or getattr(problems, name, None) or getattr(actuals, name, None)
    if kind is None:
        return {}
    # A default of a model is what an entity made without the field has.
    fields = {key: f for key, f in kind.model_fields.items() if not f.is_required()}
    made = kind.model_construct(
        **{key: f.get_default(call_default_factory=True) for key, f in fields.items()}
    )
    plain: dict[str, Any] = made.model_dump(mode="json", include=set(fields))
    return plain


def _bare(raw: Schema) -> Schema:
    """Return the schema of a field without the possibility of nothing."""
    choices = [each for each in raw.get("anyOf", ()) if each.get("type") != "null"]
    return choices[0] if len(choices) == 1 else raw


def _inner(raw: Schema) -> tuple[str, bool]:
    many = raw.get("type") == "array"
    name = referred(raw["items"] if many else raw)
    return (name if name and "properties" in model(name) else ""), many


def _told(name: str) -> Mapping[str, str]:
    """Return what the docstring of a model says of its fields."""
    text = _WHOLE[name].__doc__ if name in _WHOLE else model(name).get("description", "")
    return dict(_paragraphs(text or ""))


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    _, _, part = text.partition("Parameters\n")
    part = re.split(r"\n\s*\w+\n\s*-{4,}\n", part.partition("\n")[2])[0]
    lines = part.splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    names: list[str] = []
    words: list[str] = []
    for line in [*lines, " " * margin + "end"]:
        if line.strip() and len(line) - len(line.lstrip()) == margin:
            # Docstrings speak to programmers: a blank cell is what they call None.
            told = " ".join(words).replace("``None``", "empty").replace("`", "")
            yield from ((name, told) for name in names)
            names, words = [each.strip() for each in line.split(",")], []
        elif line.strip():
            words.append(line.strip())
