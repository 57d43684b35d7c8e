"""Which free slots exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations, product

from safeschedule.catalogue import Trait
from safeschedule.problem import Mode
from safeschedule.schedule import Appointment
from safeschedule.suggesting.free.booking import Booker
from safeschedule.suggesting.free.result import Exclusion, FreeSlot, Why
from safeschedule.suggesting.rooms import at_once, end_of
from safeschedule.verifier.adding import Adding
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given

MOST_PAIRS = 3_000
"""Pairs that are judged; a week with more is so empty that few of them exclude each other by a rule."""

_DECIDED = (
    Trait.GIVEN,
    Trait.SETTLED,
    Trait.PERSONAL,
    Trait.COUNTS_CLIENTS,
    Trait.COUNTS_SESSIONS,
    Trait.COUNTS_VISITS,
)
"""Of rules with these, two slots that each keep them keep them together, as far as limits allow."""

_Reason = tuple[Why, tuple[str, ...]]


class Excluding:
    """Looks at two slots together, each booked for a client of its own.

    Parameters
    ----------
    standing, adding, bookings
        The week, what judges it, and what knows its rooms.
    twin
        Request and client of the second booking.
    slots
        The slots, by clinician and time.
    """

    def __init__(
        self,
        standing: Standing,
        adding: Adding,
        bookings: Booker,
        twin: tuple[str, str],
        slots: Sequence[FreeSlot],
    ) -> None:
        self._standing, self._adding, self._bookings = standing, adding, bookings
        self._twin, self._slots = twin, slots
        book = standing.problem.rulebook
        self._counting = [
            *book.rules_with(Trait.COUNTS_SESSIONS),
            *book.rules_with(Trait.COUNTS_CLIENTS),
        ]
        decided = {name for trait in _DECIDED for name in book.rules_with(trait)}
        self._weighing = [name for name in standing.week.settings if name not in decided]
        self._summing = set(book.rules_with(Trait.COUNTS_MINUTES))
        self._sums: dict[tuple[str, int], tuple[str, ...]] = {}
        self._beyond: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._rooms = [self._rooms_of(each.appointment) for each in slots]
        self._left = MOST_PAIRS
        self._known: dict[object, _Reason | None] = {}

    def run(self) -> tuple[Exclusion, ...]:
        """Return groups of slots, any two of which exclude each other; each such pair is in one of them."""
        by_reason: dict[_Reason, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for one, other in self._pairs():
            reason = self._excluded(one, other)
            if reason is not None:
                by_reason[reason][one].add(other)
                by_reason[reason][other].add(one)
        return tuple(
            Exclusion(members, *reason)
            for reason, beside in sorted(by_reason.items())
            for members in _groups(beside)
        )

    def _rooms_of(self, given: Appointment) -> list[str | None]:
        return [None] if given.room is None else self._bookings.rooms_for(given)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs that may exclude each other: of one clinician, or at one site on one date."""
        people: dict[tuple[str, ...], list[int]] = defaultdict(list)
        places: dict[tuple[date, str | None], list[int]] = defaultdict(list)
        for number, each in enumerate(self._slots):
            given = each.appointment
            people[given.clinicians].append(number)
            if given.mode is Mode.IN_PERSON or given.attendants:
                places[given.start.date(), None if given.attendants else given.site].append(number)
        for own in people.values():
            yield from combinations(own, 2)
        for there in places.values():
            yield from (pair for pair in combinations(there, 2) if self._compete(*pair))

    def _compete(self, one: int, other: int) -> bool:
        """Return whether two slots of different clinicians may want the same thing."""
        first, second = self._slots[one].appointment, self._slots[other].appointment
        if first.clinicians == second.clinicians:
            return False
        if set(first.attendants) & set(second.attendants):
            return True
        if first.site != second.site or not at_once(first, second):
            return False
        # Beside as many rooms as urgent slots may take, both find one (Hall's condition).
        least = min(len(self._rooms[one]), len(self._rooms[other]))
        return self._bookings.shares_more_than_rooms or least < 2 + self._bookings.held_at(first, second)

    def _excluded(self, one: int, other: int) -> _Reason | None:
        """Return why two slots exclude each other; ``None`` when some choice of rooms keeps every rule."""
        first, second = self._slots[one], self._slots[other]
        if first.appointment.clinicians != second.appointment.clinicians:
            return self._apart(one, other)
        if any(at_once(a, b) for a in _all_of(first) for b in _all_of(second)):
            return Why.TIME, ()
        limits = self._limits(one, other) or self._summed(one, other)
        if limits:
            return Why.RULE, limits
        return self._judged(one, other, self._of_one) if self._near(first, second) else None

    def _near(self, one: FreeSlot, other: FreeSlot) -> bool:
        """Return whether two slots of one clinician are so near that rules may look at both together.

        They do not where a rest that ends a working day, and is long enough, lies between: then they ask
        nothing together but what they count.
        """
        first, second = sorted((_span(one), _span(other)))
        rest = self._standing.week.settings["rest"]
        return second[0] - first[1] < timedelta(hours=max(rest.whole("hours"), rest.whole("apart")))

    def _of_one(self, come: list[Given]) -> Iterator[Finding]:
        """Yield what two slots of one clinician break that neither breaks alone."""
        return self._adding.near_breaks(come, self._weighing)

    def _limits(self, one: int, other: int) -> tuple[str, ...]:
        """Return the rules that count beyond what they allow with two slots of one clinician."""
        given = [self._slots[one].appointment, self._twin_of(self._slots[other].appointment)]
        week, (person,) = self._standing.week, given[0].clinicians
        key = (person, *sorted(week.working_day(person, week.minute(each.start)) for each in given))
        if key not in self._beyond:
            near = self._standing.nearby.of([("clinician", person)])
            held = [each for each in near if isinstance(each, Appointment)]
            sessions = [week.session(each) for each in (*held, *given)]
            breaks = self._standing.breaks_of(sessions, self._counting, ())
            self._beyond[key] = tuple(sorted({each.rule for each in breaks if person in each.who}))
        return self._beyond[key]

    def _summed(self, one: int, other: int) -> tuple[str, ...]:
        """Return the rules by which two slots of one clinician are too many minutes for the week.

        Slots are all of one type, so that as many minutes ask for as much again.
        """
        first, second = self._slots[one], self._slots[other]
        (person,) = first.appointment.clinicians
        key = person, sum(each.minutes for slot in (first, second) for each in _all_of(slot))
        if key not in self._sums:
            come = [*_all_of(first), *self._as_twin(second, second.appointment.room)]
            against = {each.rule for each in self._adding.breaks(come) if person in each.who}
            self._sums[key] = tuple(sorted(against & self._summing))
        return self._sums[key]

    def _apart(self, one: int, other: int) -> _Reason | None:
        """Return why slots of two clinicians exclude each other."""
        first, second = self._slots[one].appointment, self._slots[other].appointment
        if set(first.attendants) & set(second.attendants):
            return self._judged(one, other, self._adding.breaks)
        # Rooms do not mind who is in them: what is known of two times is known of all slots at these times.
        sides = ((each.start, *self._rooms[number]) for each, number in ((first, one), (second, other)))
        key = (first.site, *sorted(sides, key=str))
        if key not in self._known:
            self._known[key] = self._judged(one, other, self._adding.then_breaks)
        return self._known[key]

    def _judged(
        self, one: int, other: int, judge: Callable[[list[Given]], Iterable[Finding]]
    ) -> _Reason | None:
        if self._left <= 0:
            return Why.NOT_EXAMINED, ()
        self._left -= 1
        first, second = self._slots[one], self._slots[other]
        at_one_time = at_once(first.appointment, second.appointment)
        rules: set[str] = set()
        for room, beside in product(self._rooms[one], self._rooms[other]):
            if room is not None and room == beside and at_one_time:
                continue
            breaks = judge([*self._as(first, room), *self._as_twin(second, beside)])
            against = {finding.rule for finding in breaks}
            if not against:
                return None
            rules |= against
            if not at_one_time:
                # Each has its own room then, and another would not help.
                break
        return (Why.RULE, tuple(sorted(rules))) if rules else (Why.ROOM, ())

    def _as(self, slot: FreeSlot, room: str | None) -> list[Given]:
        return [slot.appointment.model_copy(update={"room": room}), *slot.blocks]

    def _as_twin(self, slot: FreeSlot, room: str | None) -> list[Given]:
        return [self._twin_of(slot.appointment).model_copy(update={"room": room}), *slot.blocks]

    def _twin_of(self, given: Appointment) -> Appointment:
        request, client = self._twin
        return given.model_copy(update={"request": request, "clients": (client,)})


def _span(slot: FreeSlot) -> tuple[datetime, datetime]:
    given = _all_of(slot)
    return min(each.start for each in given), max(end_of(each) for each in given)


def _all_of(slot: FreeSlot) -> list[Given]:
    return [slot.appointment, *slot.blocks]


def _groups(beside: dict[int, set[int]]) -> Iterator[tuple[int, ...]]:
    """Yield groups in which all are beside all others, until each pair was in one."""
    told: set[tuple[int, int]] = set()
    for first in sorted(beside):
        for second in sorted(other for other in beside[first] if other > first):
            if (first, second) in told:
                continue
            members, common = [first, second], beside[first] & beside[second]
            for other in sorted(common):
                if other in common and other > second:
                    members.append(other)
                    common = common & beside[other]
            told |= set(combinations(members, 2))
            yield tuple(members)
