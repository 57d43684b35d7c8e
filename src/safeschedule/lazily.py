"""Names that are loaded when they are first used: verifying, reading and schemas need no solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def loader(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return what a package needs as its ``__getattr__``.

    Parameters
    ----------
    package
        The package's full name.
    homes
        The module of each name, as seen from the package. No module may be called like a name: Python would
        put the module in its place.
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return load
