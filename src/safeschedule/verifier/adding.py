"""What a few more activities would break, asked of many places in one schedule."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.verifier.activity import ProtectedTime, Session
from safeschedule.verifier.again import Standing
from safeschedule.verifier.few import Few
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given, Tag, tags
from safeschedule.verifier.reach import NEAR, Reach
from safeschedule.verifier.registry import reach_of
from safeschedule.verifier.run import CONSISTENCY, judge, judged
from safeschedule.verifier.week import Week, activity_order

Half = tuple[int, bool]
"""A date of the week by number, and whether it is the half after midday."""

_Found = dict[str, Counter[Finding]]


class Adding:
    """The hard rules of a schedule, asked about activities that might be added to it.

    Each rule is judged on what its findings can depend on: what the same people do (`NEAR`), or what goes on
    in the same half of a date (`THEN`). What was found there before is kept, as most questions share it.

    Parameters
    ----------
    standing
        The schedule as it is.
    frame
        What the schedule would be beside its activities: what it lists as left out, for instance.
    """

    def __init__(self, standing: Standing, frame: Schedule) -> None:
        self._standing, self._frame = standing, frame
        settings = standing.week.settings
        self._reach: dict[str, Reach] = {
            name: NEAR if name == CONSISTENCY else reach_of(settings[name])
            for name in judged(standing.week)
            if name == CONSISTENCY or settings[name].hard
        }
        self._near = [name for name, reach in self._reach.items() if reach.near]
        self._then = [name for name, reach in self._reach.items() if reach.then]
        self._near_before: dict[frozenset[Tag], tuple[Week, _Found]] = {}
        self._then_before: dict[frozenset[Half], tuple[list[Session], list[ProtectedTime], _Found]] = {}
        self._then_known: dict[object, tuple[Finding, ...]] = {}

    def breaks(self, come: Sequence[Given], first: Sequence[str] = ()) -> Iterator[Finding]:
        """Yield the hard findings that some activities would bring, rule by rule, each judged when asked for.

        They come exactly where `verify` finds something new; the wording of a `THEN` rule may differ, where
        the week breaks that rule already.

        Parameters
        ----------
        come
            What would be added.
        first
            Rules that are judged before the others.
        """
        yield from self.near_breaks(come, sorted(self._near, key=lambda name: name not in first))
        yield from self.then_breaks(come)
        yield from self._other_breaks(come)

    def near_breaks(self, come: Sequence[Given], rules: Sequence[str]) -> Iterator[Finding]:
        """Yield the hard findings of rules that look at one person or thing at a time, rooms aside."""
        # What two sessions in one room break goes by the time.
        people = frozenset(tag for given in come for tag in tags(given) if tag[0] != "room")
        nearby, week = self._standing.nearby, self._standing.week
        near = nearby.of(people)
        if people not in self._near_before:
            was = nearby.vicinity(self._standing.schedule, people, near)
            self._near_before[people] = week.part(was), {}
        part, before = self._near_before[people]
        now = week.part(nearby.vicinity(self._frame, people, [*near, *come]))
        for name in rules:
            if name in self._near:
                if name not in before:
                    before[name] = Counter(judge(part, name))
                yield from _new(before[name], judge(now, name))

    def then_breaks(self, come: Sequence[Given]) -> Iterator[Finding]:
        """Yield the hard findings of the rules that look at what goes on at one time, such as those of rooms.

        They do not depend on who the clinicians and clients are; what is known of one time and place is known
        of all who would be there.
        """
        sessions = [given for given in come if isinstance(given, Appointment)]
        if not self._then or not sessions:
            return
        key = frozenset((s.start, s.minutes, s.session_type, s.mode, s.site, s.room) for s in sessions)
        if key not in self._then_known:
            self._then_known[key] = tuple(self._then_found(sessions))
        yield from self._then_known[key]

    def _then_found(self, come: Sequence[Appointment]) -> Iterator[Finding]:
        halves = self._halves_of(come)
        if halves not in self._then_before:
            there = self._there(halves)
            was = self._with(*there)
            self._then_before[halves] = (*there, {name: Counter(judge(was, name)) for name in self._then})
        known, blocks, before = self._then_before[halves]
        sessions = list(known)
        for given in come:
            insort(sessions, self._standing.week.session(given), key=activity_order)
        now = self._with(sessions, blocks)
        for name in self._then:
            yield from _new(before[name], judge(now, name))

    def _there(self, halves: frozenset[Half]) -> tuple[list[Session], list[ProtectedTime]]:
        """Return what goes on in some halves, sorted."""
        week = self._standing.week
        there = {id(given): given for half in halves for given in self._on[half]}.values()
        sessions = [week.session(given) for given in there if isinstance(given, Appointment)]
        blocks = [week.block(given) for given in there if isinstance(given, Block)]
        return sorted(sessions, key=activity_order), sorted(blocks, key=activity_order)

    def _with(self, sessions: Sequence[Session], blocks: Sequence[ProtectedTime]) -> Week:
        """Return the week with some activities alone, in which rules go through rooms and through nobody."""
        week = self._standing.week.amended(self._standing.schedule, sessions, blocks)
        week.clinicians = Few(self._standing.week.clinicians, ())
        week.clients = Few(self._standing.week.clients, ())
        return week

    def _other_breaks(self, come: Sequence[Given]) -> Iterator[Finding]:
        """Yield what rules find of which nothing is known but the kinds of blocks that they read, if that."""
        kinds = {given.kind.value for given in come if isinstance(given, Block)}
        names = [
            name
            for name, reach in self._reach.items()
            if not reach.near and not reach.then and (reach.kinds is None or reach.kinds & kinds)
        ]
        if names:
            frame = self._frame
            appointments = [*frame.appointments, *(each for each in come if isinstance(each, Appointment))]
            blocks = [*frame.blocks, *(each for each in come if isinstance(each, Block))]
            yield from self._standing.change(frame.holding(appointments, blocks), names).breaks

    @cached_property
    def _on(self) -> dict[Half, list[Given]]:
        """The activities that go on in each half of a date."""
        found: dict[Half, list[Given]] = defaultdict(list)
        schedule = self._standing.schedule
        everything: list[Given] = [*schedule.appointments, *schedule.blocks]
        for given in everything:
            if self._standing.week.holds(given.start):
                for half in self._halves_of([given]):
                    found[half].append(given)
        return found

    def _halves_of(self, given: Sequence[Given]) -> frozenset[Half]:
        """Return the halves of dates in which activities go on."""
        week = self._standing.week
        found = set()
        for each in given:
            start = week.minute(each.start)
            for minute in (start, start + each.minutes - 1):
                found.add((minute // 1440, minute % 1440 >= week.midday))
            if each.minutes > 720:
                days = range(start // 1440, (start + each.minutes - 1) // 1440 + 1)
                found |= {(day, late) for day in days for late in (False, True)}
        return frozenset(found)


def _new(before: Counter[Finding], now: Sequence[Finding]) -> Iterator[Finding]:
    yield from (finding for finding in (Counter(now) - before).elements() if finding.hard)
