"""What an encoder is made of: hooks by name. Whatever else a module offers by mistake is an error.

``suits(index, setting)``
    By request and clinician: whether any placement could keep the rule. Saves rows when it is hard.
``amounts(index, setting, rows)``
    By row: the rule's amount when the row alone is looked at.
``daily(index, setting)``
    By request: the most sessions on one date that the rule allows when it is hard.
``propose(index, setting)``
    Blocks that the rule asks for.
``gains(index, setting)``
    By request and date: what the client's only session there spares of a soft rule's amount, for rules
    whose amount is the lower, the more is placed. What several sessions spare together is no more.
``asks(index, setting)``
    By request: whether the rule may ask for its sessions when it is hard.
``post(build, setting)``
    Constraints, and amounts of soft rules, that involve several rows.

Beside them a module has two lists: ``NEEDS``, what it asks of the build that is not there by itself (see
`Need`), and ``HELPERS``, its functions that others use and that are no hooks.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Rows
from safeschedule.problem import Setting


class Hook(StrEnum):
    """The hooks by name."""

    SUITS = "suits"
    AMOUNTS = "amounts"
    DAILY = "daily"
    PROPOSE = "propose"
    GAINS = "gains"
    ASKS = "asks"
    POST = "post"


_ARGUMENTS = {Hook.AMOUNTS: 3}


class EncoderError(TypeError):
    """An encoder is not made as it has to be; the message says which, and what is wrong."""


@dataclass(frozen=True)
class Encoder:
    """The hooks of a rule's encoder; ``None`` where it has none.

    Parameters
    ----------
    name
        The rule.
    needs
        What has to be there before it posts.
    """

    name: str
    needs: frozenset[Need] = frozenset()
    suits: Callable[[Index, Setting], Bools] | None = None
    amounts: Callable[[Index, Setting, Rows], Ints] | None = None
    daily: Callable[[Index, Setting], Ints] | None = None
    propose: Callable[[Index, Setting], Iterable[Proposal]] | None = None
    gains: Callable[[Index, Setting], Ints] | None = None
    asks: Callable[[Index, Setting], Bools] | None = None
    post: Callable[[Build, Setting], None] | None = None


def encoder_from(name: str, source: object) -> Encoder:
    """Return the hooks of a module, or of any other object.

    Raises
    ------
    EncoderError
        It has no hook, a function that is neither hook nor helper, a hook of the wrong shape, or a need
        that there is not.
    """
    functions = _functions(source)
    helpers = set(getattr(source, "HELPERS", ()))
    hooks = {hook.value: functions.pop(hook) for hook in Hook if hook in functions}
    strange = sorted(set(functions) - helpers)
    if strange:
        raise EncoderError(
            f"The encoder of the rule {name} has {', '.join(strange)}, which no model calls. Hooks are "
            f"{', '.join(Hook)}; name other functions in HELPERS, or begin them with an underscore."
        )
    if not hooks:
        raise EncoderError(f"The encoder of the rule {name} has none of the hooks {', '.join(Hook)}.")
    for hook, function in hooks.items():
        _require_arguments(name, hook, function)
    return Encoder(name, _needs(name, source), **hooks)


def _functions(source: object) -> dict[str, Callable[..., Any]]:
    """Return the public functions that a module defines, or that an object has."""
    found = {}
    for name in dir(source):
        value = None if name.startswith("_") else getattr(source, name)
        if not callable(value) or isinstance(value, type):
            continue
        # What a module imports is another's, unless it has a hook's name.
        imported = isinstance(source, ModuleType) and getattr(value, "__module__", None) != source.__name__
        if imported and name not in list(Hook):
            continue
        found[name] = value
    return found


def _needs(name: str, source: object) -> frozenset[Need]:
    given = tuple(getattr(source, "NEEDS", ()))
    unknown = [str(need) for need in given if need not in list(Need)]
    if unknown:
        raise EncoderError(
            f"The encoder of the rule {name} needs {', '.join(unknown)}; there is {', '.join(Need)}."
        )
    return frozenset(Need(need) for need in given)


def _require_arguments(name: str, hook: str, function: Callable[..., Any]) -> None:
    count = _ARGUMENTS.get(Hook(hook), 2)
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        raise EncoderError(
            f"The hook {hook} of the rule {name} does not take its {count} arguments in order "
            "(see safeschedule.model.encoder)."
        ) from None
