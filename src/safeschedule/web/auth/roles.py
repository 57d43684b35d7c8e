"""Six roles, and what each may do."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What somebody may do. Every route asks for one, or is named as public."""

    SELF = "self"
    """The own account: sign out, another password."""
    OWN = "own"
    """The own week, once it is published, and a calendar of it."""
    READ = "read"
    """Weeks that are published, and lists about them."""
    WORK = "work"
    """Weeks as they are worked on."""
    CHANGE = "change"
    """Changing a week, bringing one in, asking for jobs, proposing."""
    DECIDE = "decide"
    """Approving, publishing, overriding, changing rules."""
    AUDIT = "audit"
    """History and ledger."""
    ADMIN = "admin"
    """Accounts."""


_P = Permission

GRANTED: dict[str, frozenset[Permission]] = {
    "viewer": frozenset({_P.SELF, _P.READ}),
    "clinician": frozenset({_P.SELF, _P.OWN}),
    "scheduler": frozenset({_P.SELF, _P.OWN, _P.READ, _P.WORK, _P.CHANGE, _P.AUDIT}),
    "lead": frozenset({_P.SELF, _P.OWN, _P.READ, _P.WORK, _P.CHANGE, _P.DECIDE, _P.AUDIT}),
    "admin": frozenset({_P.SELF, _P.ADMIN}),
    "auditor": frozenset({_P.SELF, _P.READ, _P.WORK, _P.AUDIT}),
}
"""What each role may do. An admin makes accounts and sees no week: who runs the machine need not know it."""

ROLES = tuple(GRANTED)

ABOUT = {
    "viewer": "reads published weeks",
    "clinician": "sees the own week, and subscribes to it",
    "scheduler": "brings in, plans, moves and proposes",
    "lead": "does all of that, approves and publishes what others made, and overrides",
    "admin": "makes accounts, and sees no week",
    "auditor": "reads weeks, history and ledger, and changes nothing",
}
"""The roles in words."""
