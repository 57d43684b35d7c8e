"""What fields take beside what they hold, said so that type checkers know it too.

A model takes a list where it holds a tuple, ``"mon"`` where it holds a `Weekday`, ``0.8`` where it holds a
decimal, and a mapping where it holds an entity. For type checkers such a field is a descriptor: what it gives
and what it takes are two types, and the constructor is checked by the second. When the program runs, the
names stand for the plain types, of which pydantic knows what they take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, overload

T = TypeVar("T")

if TYPE_CHECKING:
    Held = TypeVar("Held")
    Given = TypeVar("Given")

    class Taking(Generic[Held, Given]):
        """A field that holds one type and takes another."""

        @overload
        def __get__(self, instance: None, owner: Any) -> Taking[Held, Given]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> Held: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: Given) -> None: ...

    Many = Taking[tuple[T, ...], Iterable[T]]
    Entries = Taking[tuple[T, ...], Iterable[T | Mapping[str, Any]]]
    EntriesOrNone = Taking[tuple[T, ...] | None, Iterable[T | Mapping[str, Any]] | None]
    Words = Taking[tuple[T, ...], Iterable[T | str]]
    Entry = Taking[T, T | Mapping[str, Any]]
    EntryOrNone = Taking[T | None, T | Mapping[str, Any] | None]
    Word = Taking[T, T | str]
    WordOrNone = Taking[T | None, T | str | None]
    Table = Taking[dict[str, T], Mapping[str, T | Mapping[str, Any]]]
else:
    Many = Entries = Words = tuple[T, ...]
    Entry = Word = Annotated[T, "taking"]
    EntryOrNone = WordOrNone = Annotated[T, "taking"] | None
    EntriesOrNone = tuple[T, ...] | None
    Table = dict[str, T]


def usual(value: Any) -> Any:
    """Return a default as it is, of a field that takes more than it holds."""
    return value
