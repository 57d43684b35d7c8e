"""Libraries that only some parts need, and what to do where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from safeschedule.errors import Fault, InputError


def library(name: str, what: str, extra: str = "excel") -> Any:
    """Return a module of a library that may not be installed.

    Parameters
    ----------
    name
        The module.
    what
        What is being done, for the error's first line.
    extra
        The extra of this package to which the library belongs.

    Raises
    ------
    InputError
        It is not; with the command that installs it.
    """
    try:
        return import_module(name)
    except ImportError:
        command = f'pip install "safeschedule[{extra}]"'
        fault = Fault(
            "missing_library", name.partition(".")[0], "not installed", f"that it is installed: {command}"
        )
        raise InputError(what, [fault]) from None
