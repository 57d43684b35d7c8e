"""The problem: one week to plan for one service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from safeschedule.catalogue import CustomRule
from safeschedule.lazily import later
from safeschedule.problem.attendants import Attendant
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
from safeschedule.problem.joint import Asking, joined
from safeschedule.problem.lookup import Lookup, lookup_of
from safeschedule.problem.people import AcuityBand, Client, Clinician, default_bands
from safeschedule.problem.places import Closure, Equipment, Room, Site, Travel
from safeschedule.problem.rulebook import Rulebook, RuleSetting
from safeschedule.problem.taking import Entries, Entry, usual
from safeschedule.problem.tasks import MessageTask
from safeschedule.problem.work import Group, Request, SessionType

if TYPE_CHECKING:
    from typing import Self


class Problem(Entity):
    """Everything that is known before a week is planned.

    Parameters
    ----------
    schema_version
        The version of this format. What was written before the second edition of the rules has "1", and is
        read as it is (see `migrate`).
    week_start
        The first of the seven dates that are planned.
    time_zone
        An IANA time zone; all times of the file are its local wall-clock times.
    grid
        Minutes; appointments and blocks start on its multiples, and session lengths are multiples of it.
    start_every
        Minutes; sessions start on its multiples, blocks on those of the grid. ``None``: sessions, too.
    upcoming
        Requests of later weeks: their `earliest` lies after this one. `next_week` and `roll` ask for them
        when their week has come; `next_week` writes here what comes again later than in its week.
    attendants
        Interpreters, chaperones, students: needed in sessions, and without a caseload.
    closures
        Dates on which the service is closed, of this week and of any other.
    tasks
        Messages and calls that are to be answered in coordination blocks.

    Examples
    --------
    >>> from safeschedule import Clinician, Problem, Weekday, WorkingPeriod
    >>> monday = WorkingPeriod(day=Weekday.MON, start=9 * 60, end=17 * 60)
    >>> team = [Clinician(id="C1", working=[monday])]
    >>> problem = Problem(week_start="2026-10-05", clinicians=team)
    >>> Problem.from_dict(problem.to_dict()) == problem
    True
    >>> problem.with_changes(nam="north")
    Traceback (most recent call last):
    ...
    safeschedule.errors.ArgumentError: arguments of with_changes: 1 fault
      nam: found "north"; expected a field of Problem (did you mean name?) [unknown_name]
    """

    schema_version: Literal["1", "2"] = "2"
    name: Name = "team"
    week_start: Day
    time_zone: Name = "UTC"
    grid: Literal[5, 10, 15, 20, 30] = 15
    start_every: Literal[5, 10, 15, 20, 30, 60] | None = None
    clinicians: Entries[Clinician] = Field(max_length=10 * LONG)
    clients: Entries[Client] = Field(default=usual(()), max_length=LONGEST)
    session_types: Entries[SessionType] = Field(default=usual(()), max_length=LONGEST)
    requests: Entries[Request] = Field(default=usual(()), max_length=LONGEST)
    upcoming: Entries[Request] = Field(default=usual(()), max_length=LONGEST)
    bands: Entries[AcuityBand] = Field(default_factory=usual(default_bands), max_length=SHORT)
    sites: Entries[Site] = Field(default=usual(()), max_length=LONGEST)
    rooms: Entries[Room] = Field(default=usual(()), max_length=LONGEST)
    equipment: Entries[Equipment] = Field(default=usual(()), max_length=LONGEST)
    travel: Entries[Travel] = Field(default=usual(()), max_length=LONGEST)
    attendants: Entries[Attendant] = Field(default=usual(()), max_length=LONG)
    groups: Entries[Group] = Field(default=usual(()), max_length=LONGEST)
    meetings: Entries[Meeting] = Field(default=usual(()), max_length=LONGEST)
    pinned_appointments: Entries[PinnedAppointment] = Field(default=usual(()), max_length=LONGEST)
    pinned_groups: Entries[PinnedGroup] = Field(default=usual(()), max_length=LONGEST)
    pinned_blocks: Entries[PinnedBlock] = Field(default=usual(()), max_length=LONGEST)
    closures: Entries[Closure] = Field(default=usual(()), max_length=LONG)
    incidents: Entries[Incident] = Field(default=usual(()), max_length=LONGEST)
    tasks: Entries[MessageTask] = Field(default=usual(()), max_length=LONGEST)
    history: Entry[History] = Field(default_factory=usual(History))
    rulebook: Entry[Rulebook] = Field(default_factory=usual(Rulebook))

    @model_validator(mode="after")
    def _join(self) -> Self:
        self.__dict__.update(self._with_joint())
        return self

    def _with_joint(self) -> dict[str, Any]:
        """Return the fields that are others because joint requests are groups."""
        together = any(request.with_clients or request.with_clinicians for request in self.requests)
        if not together and all(kind.facilitators == 1 for kind in self.session_types):
            return {}  # nearly always
        found = joined(self.requests, self.groups, self.session_types, self.asking)
        if found is None:
            return {}
        return {name: tuple(value) for name, value in vars(found).items()}

    @property
    def asking(self) -> Asking:
        """What joint requests can be judged by."""
        return Asking(
            {kind.id: kind for kind in self.session_types},
            {client.id: client for client in self.clients},
            {clinician.id: clinician for clinician in self.clinicians},
            self.rulebook,
        )

    def with_joint_requests(self) -> Problem:
        """Return the problem with every joint request as a group of its own, as reading a problem makes it.

        Only after `model_copy` there can be requests that are not.
        """
        return self.model_copy(update=self._with_joint())

    @property
    def by_code(self) -> Lookup:
        """Its entities by their codes.

        Examples
        --------
        >>> from safeschedule.samples import sample
        >>> problem = sample()
        >>> problem.by_code.clinicians[problem.clinicians[0].id] is problem.clinicians[0]
        True
        """
        return lookup_of(self)

    @property
    def closed_dates(self) -> frozenset[date]:
        """The dates on which the service is closed, of this week and of any other."""
        return frozenset(closure.date for closure in self.closures)

    @property
    def closed_days(self) -> frozenset[int]:
        """The same in days after the week's first date."""
        return frozenset((day - self.week_start).days for day in self.closed_dates)

    @property
    def session_grid(self) -> int:
        """The minutes on whose multiples sessions start."""
        return self.grid if self.start_every is None else self.start_every

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Return the problem of plain data, as `read_problem` returns that of a file.

        Raises
        ------
        InputError
            It is no problem, or the problem has faults; with all of them.
        """
        # What follows builds on this class.
        from safeschedule.problem.reading import problem_from_dict

        return problem_from_dict(cls, data)

    @classmethod
    def from_frames(cls, frames: Mapping[str, Any], **fields: Any) -> Problem:
        """Return the problem of data frames of pandas, polars or Arrow.

        Parameters
        ----------
        frames
            The frames by name, with columns as `frames` gives them: ``clinicians``, ``clinicians.working``,
            ``clients`` and so on. Frames and columns that are not there mean the default, and so does what is
            absent (``None``, NaN, NaT, NA).
        fields
            Fields of the problem that are in no frame, such as ``week_start`` or ``rulebook``.

        Raises
        ------
        InputError
            With every fault, by frame, row (the first is 0) and column; or narwhals is not installed.

        Examples
        --------
        >>> import pandas as pd
        >>> from safeschedule import Problem
        >>> hours = pd.DataFrame({"clinician": ["C1"], "day": ["mon"]})
        >>> hours = hours.assign(start_minute_of_day=9 * 60, end_minute_of_day=17 * 60)
        >>> team = {"clinicians": pd.DataFrame({"id": ["C1"]}), "clinicians.working": hours}
        >>> Problem.from_frames(team, week_start="2026-10-05").clinicians[0].working[0].end
        1020
        """
        found: Problem = later("exchange.frames.calls.problem_from_frames", frames, fields)
        return found

    def frames(self, backend: str = "pandas") -> dict[str, Any]:
        """Return the problem as tidy data frames, by name.

        Parameters
        ----------
        backend
            ``pandas``, ``polars`` or ``pyarrow``.

        Raises
        ------
        InputError
            There is no such backend, or a library is not installed.

        Examples
        --------
        >>> from safeschedule import Problem
        >>> from safeschedule.samples import sample
        >>> frames = sample().frames()
        >>> list(frames["clinicians.leave"].columns)
        ['clinician', 'start', 'end', 'kind']
        >>> Problem.from_frames(frames) == sample()
        True
        """
        found: dict[str, Any] = later("exchange.frames.calls.problem_frames", self, backend)
        return found

    def _repr_html_(self) -> str:
        return str(later("reports.notebook.problem_html", self))

    def with_changes(self, **changes: Any) -> Problem:
        """Return a problem with some fields changed.

        Raises
        ------
        ArgumentError
            A name is no field, or a value has the wrong shape.
        InputError
            The changed problem has faults; with all of them.

        Examples
        --------
        >>> from safeschedule.samples import sample
        >>> sample().with_changes(name="north").name
        'north'
        """
        from safeschedule.problem.changing import with_changes

        return with_changes(self, changes)

    def with_clinician(self, clinician: Clinician) -> Problem:
        """Return a problem with one clinician more, or with another in place of the one of the same code.

        Raises
        ------
        InputError
            The changed problem has faults; with all of them.

        Examples
        --------
        >>> from safeschedule.samples import sample
        >>> problem = sample()
        >>> colleague = problem.clinicians[0].model_copy(update={"id": "NEW"})
        >>> len(problem.with_clinician(colleague).clinicians) - len(problem.clinicians)
        1
        """
        from safeschedule.problem.changing import with_clinician

        return with_clinician(self, clinician)

    def without_clinician(
        self, code: str, *, supervisor: str | None = None, takes_over: str | None = None
    ) -> Problem:
        """Return a problem without a clinician, in which nothing names the one who is gone.

        * Whom the clinician supervised is supervised by `supervisor`, or has no named supervisor; who was to
          be covered by the clinician names nobody.
        * The clinician's clients, and requests that name the clinician, go to `takes_over`, or to nobody:
          such clients count as new, and whoever can may see them.
        * Pinned appointments and pinned group sessions of the clinician are gone, and blocks that the
          clinician was to supervise. Of other blocks, meetings, incidents and groups only the name is gone;
          those that were for nobody else are gone, too.
        * Past appointments of the clinician are gone from the history; their dates stay as their clients'
          last contact.

        Parameters
        ----------
        code
            Who leaves.
        supervisor
            Who supervises instead.
        takes_over
            Whose clients the clinician's are from now on.

        Raises
        ------
        ArgumentError
            A code is unknown, or a group has no facilitator left among those that it names.
        InputError
            The changed problem has faults; with all of them.

        Examples
        --------
        >>> from safeschedule.samples import sample
        >>> problem = sample()
        >>> leaving = next(c.id for c in problem.clinicians if not c.is_supervisor)
        >>> smaller = problem.without_clinician(leaving)
        >>> any(client.clinician == leaving for client in smaller.clients)
        False
        """
        from safeschedule.problem.changing import without_clinician

        return without_clinician(self, code, supervisor, takes_over)

    def with_rules(self, rules: Iterable[CustomRule]) -> Problem:
        """Return the problem with rules of one's own, which its rulebook then names and brings along.

        Every function that takes a problem keeps them. What is written to a file names them: whoever reads it
        again has to have them installed, or gives them anew.

        Raises
        ------
        InputError
            Something given is no `safeschedule.CustomRule`, or its name is that of another rule.
        """
        if isinstance(rules, tuple | list) and not rules:
            return self
        book = self.rulebook.with_rules(rules)
        return self if book is self.rulebook else self.model_copy(update={"rulebook": book})

    def with_settings(self, settings: Mapping[str, RuleSetting]) -> Problem:
        """Return the problem with other settings of some rules (see `Rulebook.with_settings`).

        Examples
        --------
        >>> from safeschedule import RuleSetting
        >>> from safeschedule.samples import sample
        >>> problem = sample().with_settings({"cover": RuleSetting(enabled=False)})
        >>> problem.rulebook.setting("cover").enabled
        False
        """
        return self.model_copy(update={"rulebook": self.rulebook.with_settings(settings)})
