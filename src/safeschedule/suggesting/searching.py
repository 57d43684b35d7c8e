"""The search for slots: the most promising dates first, each answer judged by the verifier."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from safeschedule.explaining.unplaced.attended import of_request
from safeschedule.explaining.unplaced.limits import CountedLimits
from safeschedule.explaining.unplaced.movable import movable
from safeschedule.problem import Request
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.schedule.serving import with_one_less
from safeschedule.suggesting.attendants import Attendants
from safeschedule.suggesting.changed import marks
from safeschedule.suggesting.effects import effects_of
from safeschedule.suggesting.metrics import metrics_of
from safeschedule.suggesting.moving import amended, buffer_minutes, buffers_beside, buffers_of, lengths_of
from safeschedule.suggesting.openings import OnDate, Openings, Worth, minus
from safeschedule.suggesting.own_blocks import Arranged, OwnBlocks
from safeschedule.suggesting.rooms import Rooms, at_once
from safeschedule.suggesting.suggestion import Suggestion
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given
from safeschedule.verifier.week import Week

_MOST = 40
"""Clinicians' dates that are looked at; more than that would not feel live in a large team."""

_EXAMPLES = 6
"""Dates on which nothing fits of which it is worked out what the session would break there."""


class SlotSearch:
    """A search for slots for one request.

    Parameters
    ----------
    moving
        The appointment that leaves its place for it.
    n
        Slots wanted.
    """

    def __init__(
        self,
        standing: Standing,
        rooms: Rooms,
        request: Request,
        moving: Appointment | None,
        n: int,
        stop: threading.Event,
    ) -> None:
        self.standing, self.rooms, self.request, self.n, self.stop = standing, rooms, request, n, stop
        self.moving = moving
        self.without: list[Given] = [] if moving is None else [moving, *buffers_of(standing, moving)]
        self.openings = Openings(standing, request, self.without)
        self.attendants = Attendants(standing)
        self.against = Counter[str]()
        """How many dates each rule stands against, of those that were looked at."""
        self.examples: dict[str, Finding] = {}
        # What stands against a slot is asked only where there is none.
        self._reasons: list[Callable[[], None]] = []
        self.looked_at: set[int] = set()
        self.looks = 0
        self.barred = CountedLimits(standing, self.without).beyond(
            self.openings.index, request, self.openings.rows
        )
        self._reasons += [partial(self._note, breaks) for breaks in self.barred.values()]
        self._weeks: dict[int, OwnBlocks | None] = {}

    def run(self) -> tuple[Suggestion, ...]:
        """Look until there are enough slots that nothing left can beat; return them, best first."""
        found: list[tuple[Worth, Suggestion]] = []
        later = self._round(self.openings.dates(), found)
        if len(found) < self.n:
            # Only where there are too few: a second one of a date, apart from the first.
            self._round(later, found)
        for reason in () if found else self._reasons:
            reason()
        found.sort(key=lambda entry: minus(entry[0]))
        best = sorted(found[: self.n], key=lambda entry: _rank(*entry))
        return tuple(suggestion for _, suggestion in best)

    def _round(self, dates: Sequence[OnDate], found: list[tuple[Worth, Suggestion]]) -> list[OnDate]:
        """Add slots of dates; return what is left of those in which one was found."""
        later: list[OnDate] = []
        for unit in dates:
            if self.looks >= _MOST or self.stop.is_set() or self._enough(found, unit.worth):
                break
            self.looked_at.add(unit.clinician)
            if (unit.clinician, unit.date) in self.barred:
                continue
            self.looks += 1
            suggestion = self._slot(unit)
            if suggestion is not None:
                found.append((tuple(suggestion.effects.gains.values()), suggestion))
                place, taken = self.openings.appointment, suggestion.appointment
                rest = tuple(n for n in unit.numbers if not at_once(place(n), taken))
                if rest:
                    later.append(replace(unit, numbers=rest, worth=self.openings.of(rest[0])))
        return later

    def _enough(self, found: list[tuple[Worth, Suggestion]], next_: Worth) -> bool:
        """Return whether there are n slots, and what comes next cannot be worth more than the n-th."""
        if len(found) < self.n:
            return False
        return next_ <= sorted((worth for worth, _ in found), reverse=True)[self.n - 1]

    def _slot(self, unit: OnDate) -> Suggestion | None:
        """Return the best slot of a date, own blocks arranged anew where it takes that."""
        roomed = [given for n in unit.numbers if (given := self._with_room(n)) is not None]
        places = [each for given in roomed if (each := self._with_attendants(given)) is not None]
        if not places:
            self._reasons.append(partial(self._note_missing, roomed))
            return None
        person = places[0].clinicians[0]
        week = self._week(unit.clinician, person)
        if week is None:
            return self._as_it_is(places, person)
        arranged = week.arrange(places, self.stop)
        if arranged is not None:
            return self._judged(arranged)
        if len(self.looked_at) <= _EXAMPLES:
            self._reasons.append(partial(self._note_breaks, places[0]))
        return None

    def _as_it_is(self, places: Sequence[Appointment], person: str) -> Suggestion | None:
        """Return a slot beside everything that is there, one try for each half-day."""
        own = self.standing.nearby.of([("clinician", person)])
        blocks = [block for block in own if movable(self.standing.problem, block)]
        clear = [a for a in places if not any(at_once(a, block) for block in blocks)]
        midday = self.standing.problem.rulebook.midday
        halves = {(a.start.hour * 60 + a.start.minute >= midday): a for a in reversed(clear)}
        tries = (self._judged(Arranged(given, (), ())) for given in halves.values())
        return next((found for found in tries if found is not None), None)

    def _with_room(self, number: int) -> Appointment | None:
        """Return the session at an opening, with a room where it needs one; ``None`` when none is free."""
        given = self.openings.appointment(number)
        free = self.rooms.free(given, self.without)
        if free is None:
            return given
        own = None if self.moving is None else self.moving.room
        return (
            given.model_copy(update={"room": own if own in free else self.rooms.best(free, given)})
            if free
            else None
        )

    def _note_breaks(self, given: Appointment) -> None:
        """Note what a session would break at an opening."""
        self._note(self.standing.change(self._made(given, [], [])).breaks)

    def _note_missing(self, roomed: Sequence[Appointment]) -> None:
        """Note that there is no room, or keep an example of who is missing, and what keeps them."""
        self.against["attendants" if roomed else "room_capacity"] += 1
        if not roomed or "attendants" in self.examples:
            return
        made = self._made(roomed[0], [], [])
        for finding in self.standing.change(made, ["attendants"]).breaks[:1]:
            week = Week(self.standing.problem, made)
            said = of_request(week, self.request.id, finding.sentence)
            self.examples.setdefault("attendants", replace(finding, sentence=said))

    def _with_attendants(self, given: Appointment) -> Appointment | None:
        """Return a session with its attendants; ``None`` when somebody is missing."""
        if self.moving is not None:
            given = given.model_copy(update={"attendants": self.moving.attendants})
        return self.attendants.choose(given, self.without)

    def _week(self, number: int, person: str) -> OwnBlocks | None:
        if number not in self._weeks:
            try:
                self._weeks[number] = OwnBlocks(self.standing, self.request, person, self.without)
            except (KeyError, ValueError):
                # The schedule has something that no model says; then blocks stay as they are.
                self._weeks[number] = None
        return self._weeks[number]

    def _judged(self, arranged: Arranged) -> Suggestion | None:
        """Return an arrangement as a suggestion, when it breaks nothing."""
        given = arranged.appointment
        new = [*arranged.come, *self._buffers(given)]
        made = self._made(given, arranged.gone, new)
        change = self.standing.change(made)
        if change.breaks:
            self._reasons.append(partial(self._note, change.breaks))
            return None
        gone = [*self.without, *arranged.gone]
        metrics = metrics_of(self.standing, self.rooms, gone, [given, *new])
        return Suggestion(
            appointment=given,
            blocks_gone=tuple(block for block in gone if isinstance(block, Block)),
            blocks_come=tuple(new),
            schedule=made,
            effects=effects_of(change, self.standing.week.settings, metrics),
            marks=marks(self.standing.problem, given, self.moving),
        )

    def _buffers(self, given: Appointment) -> list[Block]:
        """Return the preparation and the recovery that are due beside a session and not there yet."""
        left = {id(each) for each in self.without}
        there = [block for block in buffers_of(self.standing, given) if id(block) not in left]
        due, held = buffer_minutes(self.standing, given), lengths_of(there)
        before, after = (0 if has else minutes for minutes, has in zip(due, held, strict=True))
        return buffers_beside(given, before, after)

    def _made(self, given: Appointment, gone: Sequence[Block], come: Sequence[Block]) -> Schedule:
        made = amended(self.standing.schedule, [*self.without, *gone], [given, *come])
        return made if self.moving is not None else with_one_less(made, self.request)

    def _note(self, breaks: Sequence[Finding]) -> None:
        for rule in {finding.rule for finding in breaks}:
            self.against[rule] += 1
        for finding in breaks:
            self.examples.setdefault(finding.rule, finding)


def _rank(worth: Worth, suggestion: Suggestion) -> tuple[object, ...]:
    changed = len(suggestion.blocks_gone) + len(suggestion.blocks_come)
    given = suggestion.appointment
    return minus(worth), given.start, changed, given.clinicians
