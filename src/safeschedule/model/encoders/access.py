"""Encoder of ``access``: sessions left out cost their value."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.left_out import charge_left_out
from safeschedule.model.session_value import session_values
from safeschedule.problem import Setting


def post(build: Build, setting: Setting) -> None:
    """Charge each session's value less what placing it earns."""
    charge_left_out(build, setting, session_values(build.index, setting))
