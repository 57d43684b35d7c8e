"""Somebody leaves."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, Literal

from pydantic import Field

from safeschedule.problem import Client, Group
from safeschedule.problem.changing import leaving
from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.taking import Many
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making
from safeschedule.scenarios.panels import Panels, handed_over
from safeschedule.scenarios.settling import without_groups


class RemoveClinicians(ScenarioChange):
    """Clinicians leave, and what was theirs is somebody else's.

    Parameters
    ----------
    clinicians
        Who leaves.
    panel
        What becomes of their clients. ``spread``: each goes to the colleague with the skills who is least
        full then. ``moved``: all go to one colleague. ``waitlisted``: they have nobody, wait from the week's
        first date on, and are seen where there is room.
    to
        To whom clients are moved.
    supervisor
        Who supervises instead, and becomes a supervisor if need be; ``None``: nobody is named.
    """

    name: ClassVar[str] = "remove"
    main: ClassVar[str] = "clinicians"
    example: ClassVar[str] = 'remove = {clinicians = ["C03"], panel = "spread"}'

    clinicians: Many[Code] = Field(min_length=1, max_length=SHORT)
    panel: Literal["spread", "moved", "waitlisted"] = "spread"
    to: Code | None = None
    supervisor: Code | None = None

    def apply(self, making: Making) -> None:
        """Take each out in turn, then see to the clients of all."""
        if not self._sound(making):
            return
        before = making.problem
        for code in dict.fromkeys(self.clinicians):
            self._hand_groups_over(making, code)
            takes = self.to if self.panel == "moved" else None
            making.problem = leaving(making.problem, code, self.supervisor, takes)
        if self.supervisor is not None:
            _promote(making, self.supervisor)
        theirs = {client.id for client in before.clients if client.clinician in self.clinicians}
        if self.panel == "spread":
            _spread(making, theirs)
        elif self.panel == "waitlisted":
            _let_wait(making, theirs)

    def _sound(self, making: Making) -> bool:
        team = making.codes
        staying = [code for code in team if code not in self.clinicians]
        sound = making.knows("clinicians", self.clinicians, team, "id of a clinician")
        for field, code in (("to", self.to), ("supervisor", self.supervisor)):
            sound &= making.knows_one(field, code, staying, "id of a clinician who stays")
        if self.panel == "moved" and self.to is None:
            making.fault("missing_field", "to", "", "the clinician to whom all clients go")
            sound = False
        if not staying:
            making.fault("empty_team", "clinicians", ", ".join(self.clinicians), "somebody who stays")
            sound = False
        return sound and self._supervised(making, staying)

    def _supervised(self, making: Making, staying: list[str]) -> bool:
        on = making.problem.rulebook.setting("consultation").enabled
        left = any(making.codes[code].is_supervisor for code in staying)
        if not on or left or self.supervisor is not None or len(staying) < 2:
            return True
        if not any(person.is_supervisor for person in making.codes.values()):
            return True  # not by this change
        expected = "who supervises from now on, because nobody else who stays does"
        making.fault("no_supervisor", "supervisor", None, expected)
        return False

    def _hand_groups_over(self, making: Making, code: str) -> None:
        """Let somebody else lead what only who leaves leads; what nobody can lead ends."""
        ended: set[str] = set()
        groups: list[Group] = []
        for group in making.problem.groups:
            people = tuple(person for person in group.facilitators if person != code)
            if code not in group.facilitators or (people and self.panel == "waitlisted"):
                groups.append(group)
                continue
            successor = self._successor(making, group, code)
            if successor is not None:
                group = group.model_copy(update={"facilitators": (*people, successor)})
            elif not people:
                ended.add(group.id)
            groups.append(group)
        making.update(groups=tuple(groups))
        without_groups(making, ended, f"nobody is left to lead {', '.join(sorted(ended))}")

    def _successor(self, making: Making, group: Group, code: str) -> str | None:
        if self.panel == "waitlisted":
            return None
        kind = making.problem.by_code.session_types[group.session_type]
        gone = {*self.clinicians, code, *group.facilitators}
        staying = [c for c in making.problem.clinicians if c.id not in gone]
        able = [c.id for c in staying if set(kind.skills) <= set(c.skills)]
        if self.panel == "moved":
            return self.to if self.to in able else None
        panels = Panels(making.problem)
        return min(able, key=panels.fullness, default=None)


def _promote(making: Making, code: str) -> None:
    team = making.problem.clinicians
    promoted = (c.model_copy(update={"is_supervisor": True}) if c.id == code else c for c in team)
    making.update(clinicians=tuple(promoted))


def _spread(making: Making, theirs: Collection[str]) -> None:
    panels = Panels(making.problem)
    to: dict[str, str] = {}
    heaviest = sorted(theirs, key=lambda code: (-panels.weights[code], code))
    for client in heaviest:
        colleague = panels.emptiest(client, panels.team)
        if colleague is not None:
            to[client] = colleague
            panels.give(client, colleague)
    making.problem = handed_over(making.problem, to, {})
    making.note(f"{len(to)} clients are handed over")


def _let_wait(making: Making, theirs: Collection[str]) -> None:
    first = making.problem.week_start

    def waiting(client: Client) -> Client:
        if client.id not in theirs or client.waiting_since is not None:
            return client
        return client.model_copy(update={"waiting_since": first})

    making.update(clients=tuple(map(waiting, making.problem.clients)))
    making.note(f"{len(theirs)} clients wait")


CHANGE = RemoveClinicians
