"""Who does something, as the ledger signs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeschedule import Signatory


@dataclass(frozen=True)
class Actor:
    """Somebody who is signed in.

    Parameters
    ----------
    code
        A code, never a name.
    role
        In which role.
    clinician
        The clinician who this is, by the code in problems; ``None``: nobody of the team.
    """

    code: str
    role: str
    clinician: str | None = None

    def signatory(self) -> Signatory:
        """Return who signs in the ledger."""
        from safeschedule import Signatory

        return Signatory(role=self.role, code=self.code)
