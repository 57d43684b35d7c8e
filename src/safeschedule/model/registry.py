"""Finds encoders: those of the package by the rule's name, those of one's own where the rule says."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from safeschedule.catalogue import CustomRule
from safeschedule.errors import Fault, InputError
from safeschedule.model import encoders
from safeschedule.model.encoder import Encoder, encoder_from
from safeschedule.model.need import Need
from safeschedule.problem import Setting


@cache
def all_encoders() -> Mapping[str, Encoder]:
    """Return every encoder of the package by rule name."""
    names = sorted(module.name for module in pkgutil.iter_modules(encoders.__path__))
    return MappingProxyType(
        {name: encoder_from(name, importlib.import_module(f"{encoders.__name__}.{name}")) for name in names}
    )


def encoder_of(setting: Setting) -> Encoder:
    """Return the encoder of a rule.

    Raises
    ------
    InputError
        The rule is one's own, and it has no encoder, or one that cannot be loaded.
    """
    if setting.custom is None:
        return all_encoders()[setting.rule.id]
    return _encoder_of_own(setting.custom)


def personal_rules(settings: Iterable[Setting]) -> frozenset[str]:
    """Return the names of the rules that ask something of single clinicians."""
    return frozenset(s.rule.id for s in settings if Need.PEOPLE in encoder_of(s).needs)


@cache
def _encoder_of_own(custom: CustomRule) -> Encoder:
    given = custom.encoder
    if given is None:
        fault = "the rule can be verified, but not planned, because it has no encoder"
        raise _refused(custom, "no_encoder", f"a rule with an encoder, or switched off: {fault}")
    try:
        source = importlib.import_module(given) if isinstance(given, str) else given
        return encoder_from(custom.name, source)
    except Exception as error:
        # Somebody else's code: it is told whose, and what it breaks on.
        reason = f"{type(error).__name__}: {error}"
        raise _refused(
            custom, "unloadable_encoder", f"an encoder that can be loaded; of {custom}: {reason}"
        ) from error


def _refused(custom: CustomRule, code: str, expected: str) -> InputError:
    return InputError("rules", [Fault(code, f"rulebook.rules.{custom.name}", custom.name, expected)])
