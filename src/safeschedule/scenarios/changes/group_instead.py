"""A group instead of single sessions."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeschedule.problem import Group, Request, SessionType
from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.taking import Many, usual
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.drawing import in_order
from safeschedule.scenarios.making import Making


class GroupInstead(ScenarioChange):
    """Some clients come to a new group instead of one session of their own.

    Parameters
    ----------
    session_type
        That of the group; its sizes say how many groups there are.
    instead_of
        The session type of which each of them asks for one session less.
    clients
        How many; they are drawn from those who ask for it.
    bands
        Acuity bands from which they are drawn; empty: all.
    facilitators
        Who may lead it; empty: whoever has the skills.
    """

    name: ClassVar[str] = "group_instead"
    example: ClassVar[str] = (
        'group_instead = {session_type = "skills_90", instead_of = "therapy_60", clients = 8}'
    )

    session_type: Code
    instead_of: Code
    clients: int = Field(ge=1, le=1_000, strict=True)
    bands: Many[Code] = Field(default=usual(()), max_length=SHORT)
    facilitators: Many[Code] = Field(default=usual(()), max_length=SHORT)

    def apply(self, making: Making) -> None:
        """Form the groups, as full as they may be."""
        if not self._sound(making):
            return
        kind = making.problem.by_code.session_types[self.session_type]
        chosen = self._drawn(making)
        size = kind.largest
        parties = [chosen[first : first + size] for first in range(0, len(chosen), size)]
        if parties and len(parties[-1]) < kind.smallest:
            making.note(f"{len(parties.pop())} clients are too few for a group of {kind.smallest}")
        if not parties:
            making.note("nobody asks for such sessions")
        for party in parties:
            self._form(making, kind, party)

    def _sound(self, making: Making) -> bool:
        types = {kind.id: kind for kind in making.problem.session_types}
        sound = making.knows_one("session_type", self.session_type, types, "id of a session type")
        sound &= making.knows_one("instead_of", self.instead_of, types, "id of a session type")
        bands = [band.id for band in making.problem.bands]
        sound &= making.knows("bands", self.bands, bands, "id of an acuity band")
        return sound & making.knows("facilitators", self.facilitators, making.codes, "id of a clinician")

    def _drawn(self, making: Making) -> list[Request]:
        problem = making.problem
        pinned = {pin.request for pin in problem.pinned_appointments}
        band = {client.id: client.band for client in problem.clients}
        asking = {
            request.client: request
            for request in reversed(problem.requests)
            if request.group is None
            and request.session_type == self.instead_of
            and request.id not in pinned
            and (not self.bands or band[request.client] in self.bands)
        }
        order = in_order(sorted(asking), making.draws("group_instead"))
        return [asking[client] for client in order[: self.clients]]

    def _form(self, making: Making, kind: SessionType, party: list[Request]) -> None:
        problem = making.problem
        code = making.unused(f"group {kind.id}"[:70])
        members = tuple(request.client for request in party)
        group = Group(id=code, session_type=kind.id, members=members, facilitators=self.facilitators)
        gone = {request.id for request in party}
        kept = []
        for request in problem.requests:
            if request.id not in gone:
                kept.append(request)
            elif request.count > 1:
                kept.append(request.model_copy(update={"count": request.count - 1}))
        making.update(groups=(*problem.groups, group), requests=tuple(kept))
        for request in party:
            asked = Request(
                id=making.unused(f"{request.id} group"[:70]),
                client=request.client,
                session_type=kind.id,
                group=code,
                priority=request.priority,
            )
            making.update(requests=(*making.problem.requests, asked))


CHANGE = GroupInstead
