"""All entries of a table, of which only a few are gone through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")


class Few(Mapping[str, V]):
    """A table that answers for every code, and yields only some of them.

    So a check that goes through the clinicians goes through few, and still finds anybody whom it looks up.

    Parameters
    ----------
    all_
        Every entry.
    some
        Codes; those that are not in the table are passed over.
    """

    def __init__(self, all_: Mapping[str, V], some: Collection[str]) -> None:
        self._all = all_
        self._some = tuple(code for code in dict.fromkeys(some) if code in all_)

    def __getitem__(self, code: str) -> V:
        return self._all[code]

    def __contains__(self, code: object) -> bool:
        return code in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._some)

    def __len__(self) -> int:
        return len(self._some)
