"""Groups end, have more sessions, or take the place of single sessions."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from safeschedule.frozen import FrozenDict, frozen
from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.taking import Many, usual
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.settling import without_groups

Sessions = Annotated[int, Field(ge=1, le=200, strict=True)]


class OtherGroups(ScenarioChange):
    """Groups end, have another number of sessions, or are open to those who do not belong to them.

    Parameters
    ----------
    end
        Groups that are not held; what is asked of them is lost.
    sessions
        Most sessions in the week, by group.
    open
        Groups to which others may come as well.
    """

    name: ClassVar[str] = "groups"
    example: ClassVar[str] = 'groups = {end = ["skills"]}'

    end: Many[Code] = Field(default=usual(()), max_length=SHORT)
    sessions: Annotated[dict[Code, Sessions], Field(max_length=SHORT), AfterValidator(frozen)] = FrozenDict()
    open: Many[Code] = Field(default=usual(()), max_length=SHORT)

    def apply(self, making: Making) -> None:
        """Change each group that is named."""
        known = [group.id for group in making.problem.groups]
        sound = True
        for field in ("end", "sessions", "open"):
            sound &= making.knows(field, getattr(self, field), known, "id of a group")
        if not (self.end or self.sessions or self.open):
            making.fault("missing_field", "", None, "groups to end, to open, or with other sessions")
            sound = False
        if not sound:
            return
        changed = []
        for group in making.problem.groups:
            update = {"sessions": self.sessions.get(group.id, group.sessions)}
            opened = group.open or group.id in self.open
            changed.append(group.model_copy(update={**update, "open": opened}))
        making.update(groups=tuple(changed))
        without_groups(making, set(self.end), f"the groups {', '.join(self.end)} end")


CHANGE = OtherGroups
