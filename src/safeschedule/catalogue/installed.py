"""The rules that installed distributions offer by entry points, and those that cannot be loaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from safeschedule.catalogue.custom import CustomRule

GROUP = "safeschedule.rules"
"""The entry-point group in which a distribution names its rules, each by the rule's own name."""


@dataclass(frozen=True)
class Unloadable:
    """A rule that is installed and cannot be used.

    Parameters
    ----------
    name
        Of its entry point.
    package
        The distribution and its version.
    reason
        Why, in plain words.
    """

    name: str
    package: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name} ({self.package}) cannot be loaded: {self.reason}"


def installed_names() -> tuple[str, ...]:
    """Return the names of the rules that installed distributions offer, sorted; nothing is loaded."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


@cache
def installed_rule(name: str) -> CustomRule | Unloadable | None:
    """Return a rule that an installed distribution offers; ``None``: none does.

    Nothing but this one is loaded, so that a broken one harms no other.
    """
    found = list(entry_points(group=GROUP, name=name))
    if not found:
        return None
    packages = sorted({_package(entry) for entry in found})
    if len(packages) > 1:
        return Unloadable(name, ", ".join(packages), "several packages offer a rule of this name")
    return _load(found[0])


def _load(entry: EntryPoint) -> CustomRule | Unloadable:
    try:
        rule = entry.load()
    except Exception as error:
        # Somebody else's code: whatever it breaks on, the others stay usable.
        reason = f"{entry.value} raises {type(error).__name__}: {error}"
        return Unloadable(entry.name, _package(entry), reason)
    if not isinstance(rule, CustomRule):
        reason = f"{entry.value} is a {type(rule).__name__}, not a safeschedule.CustomRule"
        return Unloadable(entry.name, _package(entry), reason)
    if rule.name != entry.name:
        reason = f"{entry.value} is the rule {rule.name}; the entry point has to have its name"
        return Unloadable(entry.name, _package(entry), reason)
    return replace(rule, package=_package(entry))


def _package(entry: EntryPoint) -> str:
    return "" if entry.dist is None else f"{entry.dist.name} {entry.dist.version}"
