"""What is loaded when it is first used: verifying, reading and schemas need no solver."""

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


def later(home: str, *arguments: Any) -> Any:
    """Call a function that lies in a layer above, and is loaded only now.

    For methods of entities and results that show or hand over what they hold: what they call may know
    everything, and nobody who does not ask for it loads it.

    Parameters
    ----------
    home
        The module and the function, such as ``exchange.frames.calls.problem_frames``.
    arguments
        Its arguments.
    """
    module, _, name = home.rpartition(".")
    return getattr(import_module(f"safeschedule.{module}"), name)(*arguments)
