"""A week that is looked at closely once, so that questions about it are answered at once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from copy import copy
from datetime import datetime

from safeschedule.arguments import Arguments
from safeschedule.errors import ArgumentError, Fault
from safeschedule.ledger.overrides import OverrideInForce
from safeschedule.problem import Mode, Problem, Request
from safeschedule.problem.faults import require_sound
from safeschedule.problem.pins import unpinned
from safeschedule.schedule import Appointment, Schedule
from safeschedule.suggesting.asked import open_request, request_of, with_request
from safeschedule.suggesting.checked import MoveCheck
from safeschedule.suggesting.effects import effects_of
from safeschedule.suggesting.group_places import group_places
from safeschedule.suggesting.metrics import metrics_of
from safeschedule.suggesting.moving import (
    amended,
    buffers_beside,
    buffers_of,
    find_appointment,
    lengths_of,
    moved,
    wish_of,
)
from safeschedule.suggesting.reasons import why_none
from safeschedule.suggesting.rooms import Rooms
from safeschedule.suggesting.searching import SlotSearch
from safeschedule.suggesting.suggestion import Suggestions
from safeschedule.verifier.excusing import excuse, excused_of
from safeschedule.verifier.finding import Verification
from safeschedule.verifier.run import stamped
from safeschedule.workspace import Workspace

MOST_SLOTS = 10_000
_WHICH = "an Appointment, or the code of a request or group"


class Desk:
    """A problem and a schedule, verified and indexed once; ask as often as you like.

    Nothing changes here: each answer has a schedule of its own. Whoever takes one makes a new desk with it.

    Parameters
    ----------
    problem
        A problem without faults.
    schedule
        From anywhere; it may break rules.
    overrides
        Overrides that are in force (see `safeschedule.overrides_in_force`): `verification` and `check_move`
        heed them. Nothing that is suggested needs one.

    Raises
    ------
    InputError
        The problem has faults.

    Examples
    --------
    >>> from safeschedule import Desk
    >>> desk = Desk(problem, schedule)
    >>> desk.verification.compliant, desk.check_move("R0").allowed
    (True, True)
    """

    def __init__(
        self, problem: Problem, schedule: Schedule, *, overrides: Sequence[OverrideInForce] = ()
    ) -> None:
        looked = Arguments("Desk").week(problem, schedule)
        looked.sequence("overrides", overrides, OverrideInForce, "overrides in force").done()
        require_sound(problem)
        self.problem, self.schedule, self._overrides = problem, schedule, tuple(overrides)
        self._standing = Workspace(problem, schedule).standing
        self._rooms = Rooms(self._standing)

    def repinned(self, problem: Problem) -> Desk:
        """Return the desk of the same week with other pins; it takes a fraction of the time of a new one.

        Parameters
        ----------
        problem
            Without faults; pins apart the desk's own.

        Raises
        ------
        InputError
            The problem has faults, or differs in something else.
        """
        Arguments("repinned").problem(problem).done()
        require_sound(problem)
        if unpinned(problem) != unpinned(self.problem):
            fault = Fault("unknown_value", "problem", "", "the desk's own problem with other pins")
            raise ArgumentError("arguments of repinned", [fault])
        made = copy(self)
        made.problem, made._standing = problem, self._standing.repinned(problem)
        made._rooms = Rooms(made._standing)
        return made

    @property
    def verification(self) -> Verification:
        """What the verifier says of the schedule as it is."""
        week = self._standing.week
        return stamped(week, excuse(week, self._standing.verification, self._overrides), self.problem)

    def check_move(
        self,
        appointment: Appointment | str,
        *,
        at: datetime | None = None,
        to: datetime | None = None,
        clinician: str | Sequence[str] | None = None,
        mode: Mode | str | None = None,
        site: str | None = None,
        room: str | None = None,
    ) -> MoveCheck:
        """Return what moving an appointment would break or cost; see `check_move`."""
        Arguments("check_move").kind("appointment", appointment, (Appointment, str), _WHICH).moment(
            "at", at
        ).done()
        wish = wish_of(self.problem, to, clinician, mode, site, room)
        standing = self._standing
        before = find_appointment(self.problem, self.schedule, appointment, at)
        after = moved(standing, self._rooms, before, wish)
        gone = buffers_of(standing, before)
        come = buffers_beside(after, *lengths_of(gone))
        made = amended(self.schedule, [before, *gone], [after, *come])
        metrics = metrics_of(standing, self._rooms, [before, *gone], [after, *come])
        effects = effects_of(standing.change(made), standing.week.settings, metrics)
        return MoveCheck(
            before=before,
            after=after,
            blocks_gone=tuple(gone),
            blocks_come=tuple(come),
            schedule=made,
            effects=effects,
            broken_before=tuple(finding for finding in standing.verification.findings if finding.hard),
            excused=excused_of(standing.week, made, effects.breaks, self._overrides),
        )

    def without(self, appointment: Appointment | str, *, at: datetime | None = None) -> Schedule:
        """Return the schedule without an appointment, and without its preparation and recovery.

        Whether it then keeps every rule is for a new desk, or for the verifier, to say.
        """
        Arguments("without").kind("appointment", appointment, (Appointment, str), _WHICH).moment(
            "at", at
        ).done()
        gone = find_appointment(self.problem, self.schedule, appointment, at)
        return amended(self.schedule, [gone, *buffers_of(self._standing, gone)], [])

    def suggest(
        self, request: Request | str, n: int = 5, *, stop: threading.Event | None = None
    ) -> Suggestions:
        """Return the best slots for one more session of a request; see `suggest`.

        A request that is not in the problem takes a desk of its own, which is made for it.
        """
        Arguments("suggest").kind("request", request, (Request, str), "a Request, or the code of one").whole(
            "n", n, 0, MOST_SLOTS
        ).watching(None, stop).done()
        if isinstance(request, Request) and request not in self.problem.requests:
            full = with_request(self.problem, request)
            return Desk(full, self.schedule).suggest(request.id, n, stop=stop)
        asked = open_request(self.problem, self.schedule, request)
        stop = stop or threading.Event()
        if asked.group is None:
            return self._search(asked, None, n, stop)
        places, (rules, reason) = group_places(self._standing, self._rooms, asked, n, stop)
        given = (self.problem, asked.id, asked.client, None, places, 0, 0)
        return Suggestions(*given, rules=rules, reason=reason, stopped=stop.is_set())

    def suggest_moves(
        self,
        appointment: Appointment | str,
        n: int = 5,
        *,
        at: datetime | None = None,
        stop: threading.Event | None = None,
    ) -> Suggestions:
        """Return the best other slots for an appointment; see `suggest_moves`."""
        Arguments("suggest_moves").kind("appointment", appointment, (Appointment, str), _WHICH).moment(
            "at", at
        ).whole("n", n, 0, MOST_SLOTS).watching(None, stop).done()
        moving = find_appointment(self.problem, self.schedule, appointment, at)
        return self._search(request_of(self.problem, moving), moving, n, stop or threading.Event())

    def _search(
        self, request: Request, moving: Appointment | None, n: int, stop: threading.Event
    ) -> Suggestions:
        search = SlotSearch(self._standing, self._rooms, request, moving, n, stop)
        slots = search.run()
        rules, reason = ((), "") if slots else why_none(search)
        return Suggestions(
            problem=self.problem,
            request=request.id,
            client=request.client,
            moving=moving,
            slots=slots,
            examined=len(search.looked_at),
            not_examined=search.openings.able - len(search.looked_at),
            rules=rules,
            reason=reason,
            stopped=stop.is_set(),
        )
