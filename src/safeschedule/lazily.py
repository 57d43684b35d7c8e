"""What is loaded when it is first used: verifying, reading and schemas need no solver."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Any


def loader(package: str, homes: Mapping[str, str], parts: Collection[str] = ()) -> Callable[[str], Any]:
    """Return what a package needs as its ``__getattr__``.

    A name whose module is not installed, as most are not beside the verifier alone, raises an `ImportError`
    with the command that installs it.

    Parameters
    ----------
    package
        The package's full name.
    homes
        The module of each name, as seen from the package. No module may be called like a name: Python would
        put the module in its place.
    parts
        Packages below it that are names as well.
    """

    def load(name: str) -> Any:
        if name not in homes and name not in parts:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = f"{package}.{homes.get(name, name)}"
        try:
            module = import_module(home)
        except ModuleNotFoundError as error:
            if error.name is None or not f"{home}.".startswith(f"{error.name}."):
                raise
            whole = package.partition(".")[0]
            told = f"{name} is not part of the verifier alone; the whole package has it: pip install {whole}"
            raise ImportError(told, name=error.name) from None
        return module if name in parts else getattr(module, name)

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
