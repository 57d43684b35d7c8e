"""Other no-shows."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from safeschedule.problem import Kind
from safeschedule.problem.entity import SHORT, ShareValue
from safeschedule.problem.taking import Words, usual
from safeschedule.scenarios.change import Scale, ScenarioChange, exactly, rounded
from safeschedule.scenarios.making import Making


class OtherAttendance(ScenarioChange):
    """Clients come to another share of their sessions.

    Figures tell it (sessions that may be expected to take place); nothing is booked twice for it.

    Parameters
    ----------
    share
        The share to which clients come, whatever the problem says of types and of clients.
    scale
        Or a factor of the no-shows that it says: 0.5 halves them.
    kinds
        Kinds of sessions; empty: all. Clients' own figures stay where only some kinds are named.
    """

    name: ClassVar[str] = "attendance"
    main: ClassVar[str] = "share"
    example: ClassVar[str] = 'attendance = {share = 0.63, kinds = ["intake"]}'

    share: ShareValue | None = None
    scale: Scale | None = None
    kinds: Words[Kind] = Field(default=usual(()), max_length=SHORT)

    def apply(self, making: Making) -> None:
        """Set the shares of session types, and of clients where all kinds are meant."""
        if (self.share is None) == (self.scale is None):
            making.fault(
                "contradiction",
                "share",
                None if self.share is None else float(self.share),
                "either share or scale",
            )
            return
        problem = making.problem
        making.update(
            session_types=tuple(
                kind.model_copy(update={"attendance": self._of(kind.attendance)})
                if not self.kinds or kind.kind in self.kinds
                else kind
                for kind in problem.session_types
            )
        )
        if self.kinds:
            return
        making.update(
            clients=tuple(
                client
                if client.attendance is None
                else client.model_copy(
                    update={"attendance": None if self.scale is None else self._of(client.attendance)}
                )
                for client in problem.clients
            )
        )

    def _of(self, attendance: Decimal) -> Decimal:
        if self.share is not None:
            return self.share
        return 1 - rounded((1 - attendance) * exactly(self.scale or 1), 1)


CHANGE = OtherAttendance
