"""The libraries that only workbooks need, and what to do where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from safeschedule.errors import Fault, InputError

COMMAND = 'pip install "safeschedule[excel]"'


def library(name: str, what: str) -> Any:
    """Return a module of a library that may not be installed.

    Raises
    ------
    InputError
        It is not; with the command that installs it.
    """
    try:
        return import_module(name)
    except ImportError:
        fault = Fault(
            "missing_library", name.partition(".")[0], "not installed", f"that it is installed: {COMMAND}"
        )
        raise InputError(what, [fault]) from None
