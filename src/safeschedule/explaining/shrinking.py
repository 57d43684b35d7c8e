"""From a set that clashes to a smallest one: no member can be left out (QuickXplain).

Junker 2004, AAAI, pages 167 to 172: https://cdn.aaai.org/AAAI/2004/AAAI04-027.pdf
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def shrink(
    members: Sequence[T], clash: Callable[[frozenset[T]], bool], beside: Sequence[T] = ()
) -> tuple[T, ...]:
    """Return a part of a set that clashes of which each member is needed.

    Parameters
    ----------
    members
        Those that come first are preferred.
    clash
        Whether a set clashes; may raise to give up.
    beside
        What holds in any case.
    """
    return tuple(_needed(frozenset(beside), bool(beside), list(members), clash))


def _needed(
    kept: frozenset[T], grown: bool, members: list[T], clash: Callable[[frozenset[T]], bool]
) -> list[T]:
    """Return what of the members is needed beside `kept`; `grown`: whether that is new."""
    if grown and clash(kept):
        return []
    if len(members) <= 1:
        return members
    middle = len(members) // 2
    first, second = members[:middle], members[middle:]
    of_second = _needed(kept | frozenset(first), bool(first), second, clash)
    of_first = _needed(kept | frozenset(of_second), bool(of_second), first, clash)
    return of_first + of_second
