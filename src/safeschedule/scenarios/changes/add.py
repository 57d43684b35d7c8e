"""Somebody comes."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from safeschedule.problem import Clinician
from safeschedule.problem.entity import SHORT, Code, FteValue
from safeschedule.problem.taking import Many, usual
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.hours import at_other_fte
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.panels import Panels, handed_over


class AddClinicians(ScenarioChange):
    """More clinicians like one who is there: role, hours, sites, skills, supervisor, meetings and groups.

    They are not on leave, and nothing is pinned to them.

    Parameters
    ----------
    like
        Whom they are like.
    count
        How many come.
    code
        The code of the first; ``None``: that of whom they are like, with ``+1``.
    fte
        Another FTE, with hours to match.
    skills
        Skills beside those of whom they are like.
    new_in_post
        Whether the extra supervision for new staff is due; ``None``: as of whom they are like.
    panel
        ``spread``: clients of the fullest caseloads are theirs, until these are as full as theirs.
        ``none``: they begin without clients, and see who is new.
    """

    name: ClassVar[str] = "add"
    main: ClassVar[str] = "like"
    example: ClassVar[str] = 'add = {like = "C03", count = 2}'

    like: Code
    count: int = Field(default=1, ge=1, le=50, strict=True)
    code: Code | None = None
    fte: FteValue | None = None
    skills: Many[Code] = Field(default=usual(()), max_length=SHORT)
    new_in_post: bool | None = None
    panel: Literal["spread", "none"] = "spread"

    def apply(self, making: Making) -> None:
        """Add them one after the other."""
        sound = making.knows_one("like", self.like, making.codes, "id of a clinician")
        if self.code is not None and making.unused(self.code) != self.code:
            making.fault("duplicate_id", "code", self.code, "a code that nobody and nothing has yet")
            sound = False
        for _ in range(self.count if sound else 0):
            self._add(making)

    def _add(self, making: Making) -> None:
        like = making.codes[self.like]
        code = making.unused(self.code if self.code is not None else self.like)
        skills = tuple(dict.fromkeys((*like.skills, *self.skills)))
        new: Clinician = like.model_copy(update={"id": code, "leave": (), "skills": skills})
        if self.new_in_post is not None:
            new = new.model_copy(update={"new_in_post": self.new_in_post})
        if self.fte is not None:
            new = at_other_fte(new, self.fte, making.problem.grid, "fewer_days")
        problem = making.problem
        making.update(
            clinicians=(*problem.clinicians, new),
            meetings=tuple(
                m.model_copy(update={"clinicians": (*m.clinicians, code)}) if self.like in m.clinicians else m
                for m in problem.meetings
            ),
            groups=tuple(
                g.model_copy(update={"facilitators": (*g.facilitators, code)})
                if self.like in g.facilitators
                else g
                for g in problem.groups
            ),
        )
        if self.panel == "spread":
            _relieve(making, code)


def _relieve(making: Making, code: str) -> None:
    """Hand clients of the fullest over, one by one, until who is new is as full."""
    problem, panels = making.problem, Panels(making.problem)
    pinned = {pin.request for pin in problem.pinned_appointments}
    held = {request.client for request in problem.requests if request.id in pinned}
    theirs: dict[str, list[str]] = {person: [] for person in panels.team}
    for client in problem.clients:
        if client.clinician is not None and client.id not in held and panels.able(client.id, [code]):
            theirs[client.clinician].append(client.id)
    to: dict[str, str] = {}
    before: dict[str, str | None] = {}
    while True:
        full = [person for person in panels.team if person != code and theirs[person]]
        fullest = max(full, key=panels.fullness, default=None)
        if fullest is None:
            break
        moving = theirs[fullest].pop(0)
        weight = panels.weights[moving]
        if weight and panels.fullness(code, weight) >= panels.fullness(fullest):
            break
        if weight:
            to[moving], before[moving] = code, fullest
            panels.take(moving, fullest)
            panels.give(moving, code)
    making.problem = handed_over(problem, to, before)
    making.note(f"{code} takes {len(to)} clients over")


CHANGE = AddClinicians
