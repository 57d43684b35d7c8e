"""The sheets as they are written and read: each declared list with the fields of its model as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from safeschedule.exchange.structure.fields import Property, lists, model_at, properties, property_of
from safeschedule.exchange.workbook.kinds.compact import ExactKind
from safeschedule.exchange.workbook.kinds.kind import CellKind
from safeschedule.exchange.workbook.kinds.texts import CodeKind, SitesKind
from safeschedule.exchange.workbook.kinds.values import ChoiceKind, DaysKind, NumberKind, TruthKind
from safeschedule.exchange.workbook.layout.cells import kind_of
from safeschedule.exchange.workbook.layout.declared import (
    ALIASES,
    HEADINGS,
    PLANS,
    REFERS,
    ListEntries,
    SheetPlan,
)

OWNER, WHAT, PLACE = "owner", "what", "place"
ALL_ASK = "all_ask"
"""Fields beside those of the entries: whose a row is, which list it is of, where in it, and more."""


@dataclass(frozen=True)
class Field:
    """A field of the entries of a sheet.

    Parameters
    ----------
    name
        Its name in the model, or one of `OWNER`, `WHAT` and `PLACE`.
    headings
        Of its columns.
    kind
        What it is in cells.
    needed
        Whether it has to be given.
    many
        Whether it is a list, which is empty where nothing is said.
    about
        What it says, for the comment.
    refers
        The sheets on whose codes it draws.
    beside
        Whether it is a field of a request that is asked for in a client's row.
    """

    name: str
    headings: tuple[str, ...]
    kind: CellKind
    needed: bool = False
    many: bool = False
    about: str = ""
    refers: tuple[str, ...] = ()
    beside: bool = False

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other headings, if it has one column."""
        return (self.name.replace("_", " "), *ALIASES.get(self.name, ())) if len(self.headings) == 1 else ()


@dataclass(frozen=True)
class SheetTable:
    """One list on a sheet.

    Parameters
    ----------
    entries
        Which list.
    fields
        The fields that are columns.
    """

    entries: ListEntries
    fields: tuple[Field, ...]

    @property
    def parent(self) -> str:
        """The list to whose entries these belong; empty where they stand for themselves."""
        head, _, tail = self.entries.path.partition(".")
        return head if tail and property_of("Problem", head).many else ""

    @property
    def name(self) -> str:
        """The field in which the list is: of the problem, of an entity of it, or of the parent."""
        return self.entries.path.rpartition(".")[2]


@dataclass(frozen=True)
class Sheet:
    """A sheet with its lists.

    Parameters
    ----------
    plan
        As declared.
    tables
        The lists.
    fields
        All columns' fields, in their order.
    """

    plan: SheetPlan
    tables: tuple[SheetTable, ...]
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """Its name."""
        return self.plan.title


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return all sheets that hold lists: those declared, then one for each list that is not."""
    return tuple(_sheet(plan) for plan in (*PLANS, *_undeclared()))


def _undeclared() -> Iterator[SheetPlan]:
    known = {entries.path for plan in PLANS for entries in plan.entries}
    for path in lists():
        if path not in known:
            title = path.replace("_", " ").replace(".", " ").capitalize()[:31]
            yield SheetPlan(title, f"The field {path} of a problem.", (ListEntries(path),), always=False)


@cache
def single_fields() -> tuple[Field, ...]:
    """Return what a problem has once: the rows of the sheet Week."""
    found: list[Field] = []
    for own in properties("Problem"):
        if own.inner and not own.many:
            inner = [each for each in properties(own.inner) if not (each.many and each.inner)]
            found += [field_of(each, f"{own.name}.{each.name}") for each in inner if each.name != "rules"]
        elif not own.inner:
            found.append(field_of(own, own.name))
    return tuple(found)


def own_sheets() -> frozenset[str]:
    """Return the lists inside of entities that have a sheet of their own."""
    return frozenset(entries.path for plan in PLANS if plan.owner for entries in plan.entries)


def _sheet(plan: SheetPlan) -> Sheet:
    tables = tuple(SheetTable(entries, tuple(_fields(plan, entries))) for entries in plan.entries)
    fields: dict[tuple[str, bool], Field] = {}
    if plan.owner:
        refers = ("Rooms and sites",) if plan.owner == "Room" else REFERS[OWNER]
        told = "Whose it is: a code."
        fields[OWNER, False] = Field(OWNER, (plan.owner,), CodeKind(), needed=True, about=told, refers=refers)
    elif len(tables) > 1:
        words = ChoiceKind(tuple(table.entries.word for table in tables))
        fields[WHAT, False] = Field(WHAT, ("What",), words, needed=True, about="Which of these the row is.")
    for field in (field for table in tables for field in table.fields):
        # A field is needed when every list of the sheet needs it.
        everywhere = all(any(f.name == field.name and f.needed for f in table.fields) for table in tables)
        fields.setdefault((field.name, field.beside), replace(field, needed=field.needed and everywhere))
    if any(table.entries.path == "groups" for table in tables):
        told = "Whether each member asks for a session of it this week, without a row on the sheet Requests."
        fields[ALL_ASK, True] = Field(ALL_ASK, ("Members ask",), TruthKind(), about=told, beside=True)
    if plan.waiting:
        told = "Where the client stands among all; leave it empty."
        fields[PLACE, False] = Field(PLACE, ("Place",), NumberKind(True, 1, 100_000), about=told)
    return Sheet(plan, tables, tuple(fields.values()))


def _fields(plan: SheetPlan, entries: ListEntries) -> Iterator[Field]:
    for own in properties(model_at(entries.path)):
        field = field_of(own, own.name)
        if f"{entries.path}.{own.name}" in own_sheets():
            if own.name != "working":
                continue
            about = "Hours as people write them, instead of rows on the sheet Hours: mon-fri 9-5."
            field = replace(field, about=about, needed=False)
        if plan.owner and own.name == "day":
            field = replace(field, kind=DaysKind())
        if f"{entries.path}.working" in own_sheets() and own.name == "sites":
            about = f"{field.about} Days may stand beside: north mon/tue, south wed."
            field = replace(field, kind=ExactKind(SitesKind(), own.default), about=about)
        yield field
    if plan.beside:
        asked = {own.name: own for own in properties("Request")}
        for name in plan.beside:
            field = field_of(asked[name], name)
            heading = "Skills needed" if name == "skills" else "Asks for" if name == "session_type" else ""
            headings = (heading,) if heading else field.headings
            about = f"{field.about} Of what is asked for this week.".strip()
            yield replace(field, headings=headings, needed=False, about=about, beside=True)


def field_of(own: Property, path: str) -> Field:
    """Return what a property of a model is on a sheet."""
    heading = HEADINGS.get(path, path.rpartition(".")[2].replace("_", " ").capitalize())
    return Field(
        name=path,
        headings=_headings(own, heading),
        kind=kind_of(own),
        needed=own.needed and not own.many,
        many=own.many,
        about=own.about,
        refers=REFERS.get(own.name, ()),
    )


def _headings(own: Property, heading: str) -> tuple[str, ...]:
    kind = kind_of(own)
    suffixes = kind.headings
    if len(suffixes) == 1:
        return (heading,)
    blank = getattr(kind.kind, "blank", None) if isinstance(kind, ExactKind) else None
    if blank is not None:
        return ("First day", "From") if own.name == "start" else ("Last day", "Until")
    return tuple(f"{heading} {suffix}" for suffix in suffixes)
