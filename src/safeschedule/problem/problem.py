"""The problem: one week to plan for one service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from safeschedule.catalogue import CustomRule
from safeschedule.problem.clock import Day
from safeschedule.problem.entity import LONG, LONGEST, SHORT, Entity, Name
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
    name: Name = "team"
    week_start: Day
    time_zone: Name = "UTC"
    grid: Literal[5, 10, 15, 20, 30] = 15
    clinicians: tuple[Clinician, ...] = Field(max_length=10 * LONG)
    clients: tuple[Client, ...] = Field(default=(), max_length=LONGEST)
    session_types: tuple[SessionType, ...] = Field(default=(), max_length=LONGEST)
    requests: tuple[Request, ...] = Field(default=(), max_length=LONGEST)
    bands: tuple[AcuityBand, ...] = Field(default_factory=default_bands, max_length=SHORT)
    sites: tuple[Site, ...] = Field(default=(), max_length=LONGEST)
    rooms: tuple[Room, ...] = Field(default=(), max_length=LONGEST)
    equipment: tuple[Equipment, ...] = Field(default=(), max_length=LONGEST)
    travel: tuple[Travel, ...] = Field(default=(), max_length=LONGEST)
    groups: tuple[Group, ...] = Field(default=(), max_length=LONGEST)
    meetings: tuple[Meeting, ...] = Field(default=(), max_length=LONGEST)
    pinned_appointments: tuple[PinnedAppointment, ...] = Field(default=(), max_length=LONGEST)
    pinned_groups: tuple[PinnedGroup, ...] = Field(default=(), max_length=LONGEST)
    pinned_blocks: tuple[PinnedBlock, ...] = Field(default=(), max_length=LONGEST)
    incidents: tuple[Incident, ...] = Field(default=(), max_length=LONGEST)
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
