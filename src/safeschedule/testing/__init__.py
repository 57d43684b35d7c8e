"""Public test kit: hypothesis strategies, the agreement of encoder and check, the contract of solvers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeschedule.testing.backends import ContractError, check_backend
    from safeschedule.testing.rules import RuleError, check_rule

__all__ = ["ContractError", "RuleError", "check_backend", "check_rule"]

_RULES = ("RuleError", "check_rule")


def __getattr__(name: str) -> Any:
    # Loaded on first use: the verifier's tests draw problems where no solver is installed.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _RULES:
        from safeschedule.testing import rules

        return getattr(rules, name)
    from safeschedule.testing import backends

    return getattr(backends, name)
