"""Encoder of ``urgent_access``: urgent sessions left out cost their value, in a tier above the others."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.left_out import charge_left_out
from safeschedule.model.session_value import urgent_values
from safeschedule.problem import Setting


def asks(index: Index, setting: Setting) -> Bools:
    """Return by request whether it is urgent."""
    found: Bools = urgent_values(index, setting) > 0
    return found


def post(build: Build, setting: Setting) -> None:
    """Charge each urgent session's value less what placing it earns."""
    charge_left_out(build, setting, urgent_values(build.index, setting))
