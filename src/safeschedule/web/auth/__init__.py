"""Who asks, and what they may: accounts, sessions, roles, throttling, and where a request comes from."""

from safeschedule.web.auth.guard import allow
from safeschedule.web.auth.roles import GRANTED, ROLES, Permission

__all__ = ["GRANTED", "ROLES", "Permission", "allow"]
