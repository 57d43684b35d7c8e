"""The least that a solver for SafeSchedule needs."""

from safeschedule_template.backend import Template

__all__ = ["Template"]
