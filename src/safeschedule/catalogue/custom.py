"""A rule of one's own: its statement, and where its check and its encoder are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from safeschedule.catalogue.rule import Rule
from safeschedule.errors import ArgumentError, Fault


@dataclass(frozen=True)
class CustomRule:
    """A rule that does not come with the package, on all sides.

    A distribution names it in the entry-point group ``safeschedule.rules`` by the rule's name; it then
    applies in each problem whose rulebook names it. Or it is given to a call, as ``rules=[...]``.

    Parameters
    ----------
    statement
        What the rule says.
    check
        The check of a finished week: ``check(week, setting)``, which yields findings, or a module (or the
        dotted name of one) that has it, and may have ``REACH`` (see `safeschedule.verifier.reach`).
    encoder
        The rule for the optimiser: a module (or the dotted name of one), or any object, with the hooks that
        `safeschedule.model.encoder` describes. It is loaded when a week is planned, never to verify one.
        ``None``: the rule can be verified, and no week that it judges can be planned.
    package
        Name and version of the distribution that it comes from; set where an entry point names it.

    Raises
    ------
    ArgumentError
        The name is not one in lower case that a module could have, or a side is not what it can be.

    Examples
    --------
    >>> from safeschedule import CustomRule
    >>> from safeschedule.catalogue import Rule, Tier
    >>> curfew = CustomRule(
    ...     statement=Rule(
    ...         id="curfew", title="No session after four", tier=Tier.CONTRACT, hard=True, weight=1,
    ...         statement="No session ends after 16:00.", amount="one for each session that does",
    ...         good="Session 15:00-16:00.", bad="Session 15:30-16:30.", source="the clinic",
    ...     ),
    ...     check="clinic_rules.curfew_check",
    ...     encoder="clinic_rules.curfew_encoder",
    ... )
    >>> curfew.name
    'curfew'
    """

    statement: Rule
    check: str | Callable[[Any, Any], Iterable[Any]]
    encoder: object = None
    package: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.statement, Rule):
            raise _error("wrong_type", "statement", _kind(self.statement), "a safeschedule.catalogue.Rule")
        name = self.statement.id
        if not (name.isidentifier() and name.isascii() and name == name.lower()) or name.startswith("_"):
            raise _error("bad_value", "statement.id", name, "lower-case letters, digits and underscores")
        for side in ("check", "encoder"):
            given = getattr(self, side)
            if isinstance(given, ModuleType):
                # By name: so that a problem that carries the rule can be copied and sent to other processes.
                object.__setattr__(self, side, given.__name__)
        if not isinstance(self.check, str) and not callable(self.check):
            raise _error(
                "wrong_type", "check", _kind(self.check), "a function or the dotted name of a module"
            )

    @property
    def name(self) -> str:
        """The rule's name everywhere."""
        return self.statement.id

    def __hash__(self) -> int:
        return hash(self.name)

    def __deepcopy__(self, memo: dict[int, object]) -> CustomRule:
        return self

    def __str__(self) -> str:
        return f"{self.name} ({self.package or 'given to the call'})"


def _error(code: str, place: str, found: str, expected: str) -> ArgumentError:
    return ArgumentError("arguments of CustomRule", [Fault(code, place, found, expected)])


def _kind(value: object) -> str:
    return type(value).__name__
