"""The frames of a problem: one a list, each with the fields of its model as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from safeschedule.exchange.frames.kinds import CLOCK, DATE, MOMENT, NUMBER, TEXT, TRUTH, WHOLE, ColumnKind
from safeschedule.exchange.frames.meanings import MEANINGS, NAMES, unit_of
from safeschedule.exchange.structure.fields import (
    Property,
    Schema,
    lists,
    model,
    model_at,
    properties,
    referred,
)

PROBLEM, RULES, PARAMETERS = "problem", "rulebook.rules", "rulebook.rules.parameters"
"""The frames that hold no list: what a problem has once, and its rulebook's settings."""

NUMBER_OF = "number"
"""The column by which entries without a code are named."""

RULE, PARAMETER, VALUE = "rule", "parameter", "value_json"


@dataclass(frozen=True)
class FrameColumn:
    """A column of a frame.

    Parameters
    ----------
    name
        Its name, with the unit where it measures something.
    field
        Where its value is in an entry, such as ``standing.start``; empty for what is beside: an owner, a
        number, or the code that is the whole entry.
    kind
        What its values are.
    needed
        Whether each row has to say it.
    about
        What it means.
    """

    name: str
    field: str
    kind: ColumnKind
    needed: bool = False
    about: str = ""

    @property
    def unit(self) -> str:
        """In what it counts or measures; empty where it does neither."""
        return unit_of(self.name, self.kind)


@dataclass(frozen=True)
class FrameTable:
    """A frame.

    Parameters
    ----------
    name
        Its name: the list's path in a problem file.
    columns
        Its columns.
    about
        What its rows are.
    parent
        The frame to whose rows its rows belong; empty where they stand for themselves.
    of_codes
        Whether an entry is a code alone.
    needed
        Whether the rows of the parent cannot be without rows of it.
    """

    name: str
    columns: tuple[FrameColumn, ...]
    about: str = ""
    parent: str = ""
    of_codes: bool = False
    needed: bool = False

    @property
    def field(self) -> str:
        """The field of an entry of the parent in which the list is."""
        return self.name.rpartition(".")[2]

    @property
    def owner(self) -> FrameColumn:
        """The column that says to whom a row belongs, where it belongs to anybody."""
        return self.columns[0]

    def column(self, field: str) -> FrameColumn | None:
        """Return the column of a field of an entry."""
        return next((own for own in self.columns if own.field and own.field == field), None)


@cache
def tables() -> Mapping[str, FrameTable]:
    """Return every frame of a problem, by its name."""
    found = [FrameTable(PROBLEM, tuple(_columns("Problem")), "What a problem has once: one row.")]
    for path in lists():
        found += _of_list(path)
    return {table.name: table for table in (*found, *_of_rules())}


def _of_list(path: str) -> Iterator[FrameTable]:
    """Yield the frame of a list, and one for each list in its entries."""
    name = model_at(path)
    inner = [own for own in properties(name) if own.many]
    coded = any(own.name == "id" for own in properties(name))
    columns = list(_columns(name))
    owner = FrameColumn(_one(path), "", TEXT if coded else WHOLE, needed=True, about="Whose row it is.")
    if inner and not coded:
        told = f"Counts from 0; what {owner.name} means in the frames of its lists."
        columns.insert(0, FrameColumn(NUMBER_OF, "", WHOLE, about=told))
    yield FrameTable(path, tuple(columns), _about(name))
    for own in inner:
        belonging = tuple(_columns(own.inner)) if own.inner else (_code_column(own),)
        about = own.about or (_about(own.inner) if own.inner else "")
        yield FrameTable(f"{path}.{own.name}", (owner, *belonging), about, path, not own.inner, own.needed)


def _code_column(own: Property) -> FrameColumn:
    name = own.name.removesuffix("s")
    return FrameColumn(name, "", TEXT, needed=True, about=own.about or MEANINGS.get(name, ""))


def _one(path: str) -> str:
    """Return the word for one entry of a list."""
    return NAMES.get(path, path.rpartition(".")[2].removesuffix("s"))


def _about(name: str) -> str:
    return str(model(name).get("description", "")).partition("\n\n")[0].replace("\n", " ")


def _columns(name: str) -> Iterator[FrameColumn]:
    """Yield the columns of a model's fields; an entity inside gives its own, with the field's name before."""
    for own in properties(name):
        if own.many:
            continue
        if own.inner:
            for column in _columns(own.inner):
                whole, field = f"{own.name}_{column.name}", f"{own.name}.{column.field}"
                about = own.about or column.about
                yield replace(column, name=whole, field=field, needed=False, about=about)
        elif own.schema.get("type") != "object":
            kind = _kind(own.schema)
            told = NAMES.get(own.name, own.name) + ("_minute_of_day" if kind is CLOCK else "")
            about = own.about or MEANINGS.get(own.name, "")
            yield FrameColumn(told, own.name, kind, needed=own.needed, about=about)


def _kind(raw: Schema) -> ColumnKind:
    own = model(referred(raw)) if referred(raw) else raw
    kind, pattern = own.get("type"), own.get("pattern", "")
    if kind == "string":
        if own.get("format") == "date":
            return DATE
        return CLOCK if pattern.startswith("^([01]") else MOMENT if "T" in pattern else TEXT
    return {"integer": WHOLE, "number": NUMBER, "boolean": TRUTH}[str(kind)]


def _of_rules() -> Iterator[FrameTable]:
    rule = FrameColumn(RULE, "", TEXT, needed=True, about=MEANINGS[RULE])
    yield FrameTable(RULES, (rule, *_columns("RuleSetting")), _about("RuleSetting"))
    parameter = FrameColumn(PARAMETER, "", TEXT, needed=True, about=MEANINGS[PARAMETER])
    value = FrameColumn(VALUE, "", TEXT, needed=True, about=MEANINGS[VALUE])
    about = "What the rulebook says of parameters of rules."
    yield FrameTable(PARAMETERS, (rule, parameter, value), about, RULES)
