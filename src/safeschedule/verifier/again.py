"""Judging a schedule again after a few activities changed, without judging all of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from safeschedule.problem import Problem, Setting
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.verifier import activity
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding, Verification
from safeschedule.verifier.nearby import Given, Nearby
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.registry import reach_of
from safeschedule.verifier.report import order
from safeschedule.verifier.run import CONSISTENCY, account, judge, judged
from safeschedule.verifier.week import Week, activity_order

_PINNED = "pinned"

_FEW = 40
"""So many changed activities may be near so much that judging all of it once takes less time."""


@dataclass(frozen=True)
class Delta:
    """What verifying finds otherwise in one schedule than in another.

    Parameters
    ----------
    new, gone
        Findings that only the other has, and that only the first has; equal ones count each by itself.
    before, after
        The penalty of each enabled soft rule in the one and in the other.
    """

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    before: dict[str, int]
    after: dict[str, int]

    @property
    def breaks(self) -> tuple[Finding, ...]:
        """The hard findings that are new."""
        return tuple(finding for finding in self.new if finding.hard)

    @property
    def mends(self) -> tuple[Finding, ...]:
        """The hard findings that are gone."""
        return tuple(finding for finding in self.gone if finding.hard)


class Standing:
    """A schedule that is verified once, and then again whenever a little of it changes.

    Parameters
    ----------
    problem, schedule
        As for `safeschedule.verifier.verify`.
    """

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem, self.schedule = problem, schedule
        self.week = Week(problem, schedule)
        self.nearby = Nearby(problem, schedule)
        self._found = {name: judge(self.week, name) for name in judged(self.week)}
        self.verification: Verification = account(self.week, self._found)

    def repinned(self, problem: Problem) -> Standing:
        """Return the same schedule, verified against a problem that differs in nothing but its pins.

        Only the rule ``pinned`` reads them, and perhaps a rule of one's own: these are asked again.
        """
        made = copy(self)
        made.problem = problem
        made.week, made.nearby = self.week.given(problem), self.nearby.given(problem)
        settings = self.week.settings
        made._found = {
            name: judge(made.week, name) if _reads_pins(settings, name) else found
            for name, found in self._found.items()
        }
        made.verification = account(made.week, made._found)
        return made

    def change(self, schedule: Schedule, rules: Collection[str] | None = None) -> Delta:
        """Return what `verify` finds otherwise in another schedule of the same problem.

        It is exactly the difference of two verifications, whatever changes. It is found fast when most
        appointments and blocks of the other schedule are the very objects of this one.

        Parameters
        ----------
        rules
            Those to judge by; the others count as if they found the same. By default all.
        """
        gone, come = _apart(self.schedule, schedule)
        again = _Again(self, schedule, gone, come)
        new, old = Counter[Finding](), Counter[Finding]()
        amounts = dict(self.verification.amounts)
        for name, before in self._found.items():
            if rules is not None and name not in rules:
                continue
            was, now = again.judge(name, before)
            if was != now:
                old.update(was)
                new.update(now)
                if name in amounts:
                    amounts[name] += sum(f.amount for f in now) - sum(f.amount for f in was)
        soft = self.verification.penalties
        return Delta(
            new=tuple(sorted((new - old).elements(), key=order)),
            gone=tuple(sorted((old - new).elements(), key=order)),
            before=dict(soft),
            after={name: amounts[name] * self.week.settings[name].weight for name in soft},
        )

    def breaks_of(
        self, sessions: Iterable[Session], rules: Collection[str], clients: Collection[str]
    ) -> list[Finding]:
        """Return the hard findings of some rules against some sessions alone that the schedule has not.

        It is for rules that read nothing but sessions, each finding those of one person, and for findings
        about people all of whose sessions are given.

        Parameters
        ----------
        sessions
            As `Week.session` gives them, in any order.
        clients
            The clients to go through, beside the clinicians of the sessions; others are looked up only.
        """
        known = [name for name in rules if name in self._found and self.week.settings[name].hard]
        if not known:
            return []
        week = self.week.of_sessions(sorted(sessions, key=activity_order), clients)
        found = []
        for name in known:
            was = Counter(self._found[name])
            now = Counter(judge(week, name))
            found += [each for each, times in now.items() for _ in range(times - was[each])]
        return sorted(found, key=order)


class _Again:
    """What is needed to judge a schedule after a change, made when it is asked for."""

    def __init__(
        self, standing: Standing, schedule: Schedule, gone: Sequence[Given], come: Sequence[Given]
    ) -> None:
        self._standing, self._schedule, self._gone, self._come = standing, schedule, gone, come
        self._few = len(gone) + len(come) <= _FEW
        self._kinds = {given.kind.value for given in (*gone, *come) if isinstance(given, Block)}

    def judge(self, name: str, before: list[Finding]) -> tuple[list[Finding], list[Finding]]:
        """Return findings of a rule before and after, of which those in only one of the two matter."""
        reach = NEAR if name == CONSISTENCY else reach_of(self._standing.week.settings[name])
        if reach.kinds is not None and not reach.kinds & self._kinds:
            return [], []
        if reach.near and self._few:
            return judge(self._parts[0], name), judge(self._parts[1], name)
        return before, judge(self._whole, name)

    @cached_property
    def _parts(self) -> tuple[Week, Week]:
        week = self._standing.week
        was, now = self._standing.nearby.parts(self._schedule, self._gone, self._come)
        return week.part(was), week.part(now)

    @cached_property
    def _whole(self) -> Week:
        """The whole week as the other schedule has it."""
        week = self._standing.week
        sessions, blocks = list(week.sessions), list(week.blocks)
        for given in self._gone:
            if not week.holds(given.start):
                continue
            if isinstance(given, Appointment):
                del sessions[_place(sessions, week.session(given))]
            else:
                del blocks[_place(blocks, week.block(given))]
        for given in self._come:
            if not week.holds(given.start):
                continue
            if isinstance(given, Appointment):
                insort(sessions, week.session(given), key=activity_order)
            else:
                insort(blocks, week.block(given), key=activity_order)
        return week.amended(self._schedule, sessions, blocks)


def _reads_pins(settings: Mapping[str, Setting], name: str) -> bool:
    return name == _PINNED or (name != CONSISTENCY and settings[name].custom is not None)


def _apart(one: Schedule, other: Schedule) -> tuple[list[Given], list[Given]]:
    """Return the appointments and blocks of each of two schedules that are not the other's very own."""
    was: list[Given] = [*one.appointments, *one.blocks]
    now: list[Given] = [*other.appointments, *other.blocks]
    before, after = Counter(map(id, was)), Counter(map(id, now))
    same = {number for number, times in before.items() if after[number] == times}
    return [given for given in was if id(given) not in same], [g for g in now if id(g) not in same]


def _place(activities: Sequence[activity.Activity], one: activity.Activity) -> int:
    """Return where an activity is in a sorted list; of equal ones any will do."""
    place = bisect_left(activities, one.start, key=lambda other: other.start)
    while activities[place] != one:
        place += 1
    return place
