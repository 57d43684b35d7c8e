"""Collections that nobody can change: what is returned stays what it was."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that refuses every change; it can be hashed, pickled and written as JSON like any other.

    Examples
    --------
    >>> limits = FrozenDict({"day": 6})
    >>> limits["day"]
    6
    >>> limits["day"] = 7
    Traceback (most recent call last):
    ...
    TypeError: this mapping cannot be changed; make a new one: dict(mapping) | {...}
    """

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping cannot be changed; make a new one: dict(mapping) | {...}")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        # The protocol's own way fills an empty dictionary entry by entry, which is refused here.
        return type(self), (dict(self),)

    def __copy__(self) -> FrozenDict[K, V]:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> FrozenDict[K, V]:
        return type(self)(deepcopy(dict(self), memo))


def frozen(value: Any) -> Any:
    """Return a value with every list in it as a tuple, every set and mapping as a frozen one.

    Examples
    --------
    >>> frozen({"days": ["mon", "tue"]})
    {'days': ('mon', 'tue')}
    """
    if isinstance(value, FrozenDict):
        return value
    if isinstance(value, Mapping):
        return FrozenDict({key: frozen(entry) for key, entry in value.items()})
    if isinstance(value, list) or type(value) is tuple:
        return tuple(map(frozen, value))
    if isinstance(value, set):
        return frozenset(value)
    return value
