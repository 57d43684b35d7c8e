"""The problem: one week to plan for one service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from safeschedule.catalogue import CustomRule
from safeschedule.problem.entity import Entity
from safeschedule.problem.fixed import (
    History,
    Incident,
    Meeting,
    PinnedAppointment,
    PinnedBlock,
    PinnedGroup,
)
from safeschedule.problem.people import AcuityBand, Client, Clinician, default_bands
from safeschedule.problem.places import Equipment, Room, Site, Travel
from safeschedule.problem.rulebook import Rulebook
from safeschedule.problem.work import Group, Request, SessionType


class Problem(Entity):
    """Everything that is known before a week is planned.

    Parameters
    ----------
    schema_version
        The version of this format.
    week_start
        The first of the seven dates that are planned.
    time_zone
        An IANA time zone; all times of the file are its local wall-clock times.
    grid
        Minutes; appointments and blocks start on its multiples, and session lengths are multiples of it.
    """

    schema_version: Literal["1"] = "1"
    name: str = Field(default="team", min_length=1, max_length=200)
    week_start: date
    time_zone: str = "UTC"
    grid: Literal[5, 10, 15, 20, 30] = 15
    clinicians: tuple[Clinician, ...]
    clients: tuple[Client, ...] = ()
    session_types: tuple[SessionType, ...] = ()
    requests: tuple[Request, ...] = ()
    bands: tuple[AcuityBand, ...] = Field(default_factory=default_bands)
    sites: tuple[Site, ...] = ()
    rooms: tuple[Room, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    travel: tuple[Travel, ...] = ()
    groups: tuple[Group, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    pinned_appointments: tuple[PinnedAppointment, ...] = ()
    pinned_groups: tuple[PinnedGroup, ...] = ()
    pinned_blocks: tuple[PinnedBlock, ...] = ()
    incidents: tuple[Incident, ...] = ()
    history: History = Field(default_factory=History)
    rulebook: Rulebook = Field(default_factory=Rulebook)

    def with_rules(self, rules: Iterable[CustomRule]) -> Problem:
        """Return the problem with rules of one's own, which its rulebook then names and brings along.

        Every function that takes a problem keeps them. What is written to a file names them: whoever reads it
        again has to have them installed, or gives them anew.

        Raises
        ------
        InputError
            Something given is no `safeschedule.CustomRule`, or its name is that of another rule.
        """
        given = tuple(rules)
        return self.model_copy(update={"rulebook": self.rulebook.with_rules(given)}) if given else self
