"""From a set that clashes to a smallest one: no member can be left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from safeschedule.explaining.clashes.condition import Condition

Clash = Callable[[frozenset[Condition]], bool]


def shrink(
    conditions: Sequence[Condition], clash: Clash, beside: Sequence[Condition] = ()
) -> tuple[Condition, ...]:
    """Return a part of a set that clashes of which each member is needed (QuickXplain, Junker 2004).

    Parameters
    ----------
    conditions
        Those that come first are preferred.
    clash
        Whether a set clashes; may raise to give up.
    beside
        What holds in any case.
    """
    return tuple(_needed(frozenset(beside), bool(beside), list(conditions), clash))


def _needed(
    kept: frozenset[Condition], grown: bool, conditions: list[Condition], clash: Clash
) -> list[Condition]:
    """Return what of the conditions is needed beside `kept`; `grown`: whether that is new."""
    if grown and clash(kept):
        return []
    if len(conditions) <= 1:
        return conditions
    middle = len(conditions) // 2
    first, second = conditions[:middle], conditions[middle:]
    of_second = _needed(kept | frozenset(first), bool(first), second, clash)
    of_first = _needed(kept | frozenset(of_second), bool(of_second), first, clash)
    return of_first + of_second
