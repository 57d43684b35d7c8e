"""The search for free slots: every start that is free, each judged by the verifier."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from safeschedule.arguments import Arguments
from safeschedule.explaining.unplaced.limits import CountedLimits, appointment_of, dates_of
from safeschedule.model.candidates import sessions_of, suiting
from safeschedule.model.index import Index
from safeschedule.model.rows import MODES, Rows
from safeschedule.problem import Client, Mode, Problem
from safeschedule.problem.faults import require_sound
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import with_one_less
from safeschedule.suggesting.free.asked import Asked, asked_for, assumed, unused, with_client
from safeschedule.suggesting.free.booking import Booker
from safeschedule.suggesting.free.excluding import Excluding
from safeschedule.suggesting.free.result import Exclusion, FreeSlot, FreeSlots
from safeschedule.suggesting.openings import alone, taken
from safeschedule.verifier.adding import Adding
from safeschedule.verifier.again import Standing


def free_slots(
    problem: Problem,
    schedule: Schedule,
    session_type: str,
    *,
    client: Client | str | None = None,
    mode: Mode | str | None = None,
    clinicians: Sequence[str] | None = None,
    stop: threading.Event | None = None,
) -> FreeSlots:
    """Return every free slot in which a session of a type may be booked without breaking a hard rule.

    A slot is a clinician, a start, a way of meeting and, in person, a site where the problem has sites,
    and a free room. Nothing moves for it: every appointment, block and meeting stays, and the session,
    with what comes with it, lies in free time. What comes with it are the preparation, the reset and the
    recovery that hard rules ask for, and the documentation that is missing with it, in one block directly
    after. `suggest` finds more: it may arrange own blocks anew.

    Each slot was judged by the verifier. A start is left out only when the verifier refuses it in every free
    room.

    Parameters
    ----------
    problem, schedule
        The schedule may come from anywhere and break rules already.
    session_type
        The code of a type of sessions of one client and one clinician.
    client
        The code of a client of the problem; or a new one; ``None`` for somebody new of whom nothing is known,
        with what `Client` takes for granted. A new client without an own clinician adds points to the
        caseload of whoever sees them. A client's own request for such a session is served first, where one
        is open.
    mode
        How it is to take place; ``None``: in person or by telehealth.
    clinicians
        The codes of those who are asked; ``None``: everybody.
    stop
        When set, the search ends soon, with what was found.

    Returns
    -------
    FreeSlots
        Also which slots exclude each other.

    Raises
    ------
    InputError
        The problem has faults, or with the new client; a code is unknown; or the type is for several people.

    Examples
    --------
    >>> from safeschedule import free_slots, verify
    >>> found = free_slots(problem, schedule, problem.session_types[0].id)
    >>> all(verify(found.problem, found.booked(n)).compliant for n in range(len(found.slots)))
    True
    """
    looked = Arguments("free_slots").week(problem, schedule)
    looked.choice("mode", mode, Mode, needed=False).watching(None, stop)
    if clinicians is not None:
        looked.codes("clinicians", clinicians)
    looked.done()
    require_sound(problem)
    for code in clinicians or ():
        looked.code("clinicians", code, [person.id for person in problem.clinicians], "a clinician")
    looked.done()
    asked = asked_for(problem, schedule, session_type, client)
    ways = MODES if mode is None else (Mode(mode),)
    search = _Search(asked, schedule, ways, clinicians, stop or threading.Event())
    slots = search.run()
    return FreeSlots(
        problem=asked.problem,
        schedule=schedule,
        session_type=session_type,
        request=asked.request.id,
        client=asked.client.id,
        assumed=assumed(asked, search.standing.week),
        slots=slots,
        exclusions=search.exclusions(slots),
        against=dict(search.against),
        stopped=search.stop.is_set(),
    )


class _Search:
    def __init__(
        self,
        asked: Asked,
        schedule: Schedule,
        ways: Sequence[Mode],
        clinicians: Sequence[str] | None,
        stop: threading.Event,
    ) -> None:
        self._asked, self._ways, self._people, self.stop = asked, ways, clinicians, stop
        problem = asked.problem
        # A second client like the first is there from the beginning, for slots that are looked at in pairs.
        other = asked.client.model_copy(
            update={"id": unused(asked.client.id, [c.id for c in problem.clients])}
        )
        request = asked.request.model_copy(
            update={"id": unused(asked.request.id, [r.id for r in problem.requests]), "client": other.id}
        )
        self._twin = request.id, other.id
        both = with_client(problem, other, request) if asked.new else problem
        self.standing = Standing(both, schedule)
        self._adding = Adding(self.standing, with_one_less(schedule, asked.request))
        kind = problem.by_code.session_types[asked.request.session_type]
        self._bookings = Booker(self.standing, self._adding, kind)
        self.against = Counter[str]()

    def run(self) -> tuple[FreeSlot, ...]:
        """Return the slots by clinician and time."""
        return tuple(self._found())

    def exclusions(self, slots: Sequence[FreeSlot]) -> tuple[Exclusion, ...]:
        """Return which slots exclude each other, when they are for somebody new."""
        if not self._asked.new:
            return ()
        return Excluding(self.standing, self._adding, self._bookings, self._twin, slots).run()

    def _found(self) -> Iterator[FreeSlot]:
        request = self._asked.request
        index = Index(alone(self._asked.problem, request))
        rows = self._free(index)
        barred = CountedLimits(self.standing).beyond(index, request, rows)
        dates = dates_of(index, rows).tolist()
        for number in np.lexsort((rows.site, rows.mode, rows.start, rows.clinician)).tolist():
            if self.stop.is_set():
                return
            limits = barred.get((int(rows.clinician[number]), dates[number]))
            if limits is not None:
                self.against.update({finding.rule for finding in limits})
                continue
            found = self._bookings.book(appointment_of(index, request, rows, number))
            if isinstance(found, FreeSlot):
                yield found
            else:
                self.against[found] += 1

    def _free(self, index: Index) -> Rows:
        """Return the placements that no hard rule forbids by itself, in time that is free."""
        offered = suiting(index)
        if self._people is not None:
            offered &= np.array([person.id in self._people for person in index.clinicians])
        rows = sessions_of(index, offered)
        rows = rows.take(np.isin(rows.mode, [MODES.index(way) for way in self._ways]))
        return rows.take(~taken(index, self.standing, self._asked.client.id, rows))
