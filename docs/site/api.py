"""Pages of every public name, by the module in which it is at home."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import safeschedule

BESIDE = ("safeschedule.plots", "safeschedule.samples", "safeschedule.testing")
"""Packages that are used by their own names, beside `safeschedule`."""

_HEAD = """# The library, name by name

Everything here is imported from `safeschedule` itself, unless a section says otherwise. Each function, and
each class that people make themselves, shows an example; all of these examples are run by the tests.

What calls return is frozen, prints in words, and has `to_dict`, `from_dict` and `json_schema`.

"""


def write_api(folder: Path) -> None:
    """Write the list of names; autosummary makes a page of each."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [_HEAD, *(line for home in _homes() for line in _section("safeschedule", *_of_home(home)))]
    for package in BESIDE:
        lines += _section(package, f"`{package}`: {_first_line(package)}", _names_of(package))
    (folder / "index.md").write_text("\n".join(lines), encoding="utf-8")


def _homes() -> list[str]:
    homes = safeschedule._HOME
    # What is shown with its own package below is not shown twice.
    return sorted({home for home in homes.values() if f"safeschedule.{home}" not in BESIDE})


def _of_home(home: str) -> tuple[str, list[str]]:
    names = [name for name in safeschedule.__all__ if safeschedule._HOME[name] == home]
    return _first_line(f"safeschedule.{home}"), names


def _first_line(module: str) -> str:
    """Return what a module says of itself, as a title."""
    told = (inspect.getdoc(import_module(module)) or module).splitlines()[0]
    return told.rstrip(".").replace("``", "`")


def _names_of(package: str) -> list[str]:
    return list(import_module(package).__all__)


def _section(module: str, title: str, names: Iterable[str]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "```{eval-rst}"
    yield f".. currentmodule:: {module}\n"
    yield ".. autosummary::"
    yield "   :toctree: names"
    yield "   :nosignatures:\n"
    yield from (f"   {name}" for name in names)
    yield "```\n"
