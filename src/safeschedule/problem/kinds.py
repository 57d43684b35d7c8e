"""Of what kind an argument is, for calls below those that can ask of whole problems and schedules."""

from __future__ import annotations

from pathlib import Path

from safeschedule.errors import ArgumentError, Fault


def require_kind(
    call: str, name: str, value: object, kind: type | tuple[type, ...], expected: str = ""
) -> None:
    """Do nothing when an argument is of a kind.

    Raises
    ------
    ArgumentError
        It is not.
    """
    if not isinstance(value, kind):
        told = expected or " or ".join(
            f"a {k.__name__}" for k in (kind if isinstance(kind, tuple) else (kind,))
        )
        fault = Fault("wrong_type", name, "None" if value is None else f"a {type(value).__name__}", told)
        raise ArgumentError(f"arguments of {call}", [fault])


def require_path(call: str, name: str, value: object) -> None:
    """Do nothing when an argument can be the name of a file or folder.

    Raises
    ------
    ArgumentError
        It cannot.
    """
    require_kind(call, name, value, (str, Path), "the name of a file or folder: text or a Path")
