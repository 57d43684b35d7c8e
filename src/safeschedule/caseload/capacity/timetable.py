"""Whether a day holds what is to lie in it, in an order, with breaks, pauses and notes where rules want them.

A day may be long enough for five sessions by its minutes and hold four: the third ends too late for lunch, or
the notes of the morning have no place before half past one. So a day is looked at as it would be lived, from
its end to its beginning, in steps of the grid; what cannot be finished from some point is looked at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from safeschedule.caseload.capacity.demands import GRID, Demands

START = 9 * 60
"""When days begin; on which hour makes no difference but for midday."""

_MOST = 4000
"""So many dead ends of a day are looked at."""


@dataclass(frozen=True)
class DayContent:
    """What a day is to hold.

    Parameters
    ----------
    sessions, intakes, recoveries
        Sessions, and how many of them are intakes and trauma processing.
    slots
        Urgent slots beside them.
    blocks
        Minutes of weekly blocks that lie on this day, the longest first.
    joint
        Minutes of those that all hold at one time; they begin the day, where everybody can have them.
    """

    sessions: int
    intakes: int = 0
    recoveries: int = 0
    slots: int = 0
    blocks: tuple[int, ...] = ()
    joint: int = 0


class _Left(NamedTuple):
    """What is still to be placed, from some time of the day back to its beginning; in steps but for notes.

    Parameters
    ----------
    at
        Everything after it is placed.
    joint
        Steps of what begins the day.
    plain, intakes, traumas, slots, blocks, notes, meals, idle
        What is left; notes and idle time in steps.
    clients, work
        Time with clients, and at work, since the next pause after `at`.
    meal
        The start of the next meal, or the end of the day.
    written, early
        Minutes of notes after `at`, and those of them that begin soon enough for the morning.
    shares
        What the sessions after `at` ask for.
    spare, early_then
        Of the earliest session placed: minutes of notes after it beyond the shares from it on, and those that
        begin soon enough; -1: there is none yet.
    morning, afternoon
        Whether there are sessions in each.
    """

    at: int
    joint: int
    plain: int
    intakes: int
    traumas: int
    slots: int
    blocks: tuple[int, ...]
    notes: int
    meals: int
    idle: int
    meal: int
    clients: int = 0
    work: int = 0
    written: int = 0
    early: int = 0
    shares: int = 0
    spare: int = -1
    early_then: int = 0
    morning: bool = False
    afternoon: bool = False


class DayTimetable:
    """Days under one set of demands; what was looked at is remembered.

    Parameters
    ----------
    demands
        What the rules ask for.
    """

    def __init__(self, demands: Demands) -> None:
        self.demands = demands
        self._known: dict[DayContent, bool] = {}
        breaks, notes = demands.rule("breaks"), demands.rule("documentation")
        self._steps = demands.rota // GRID
        self._longest = breaks.whole("longest") // GRID if breaks else self._steps
        self._stretch = breaks.whole("work_stretch") // GRID if breaks else self._steps
        self._meal_stretch = breaks.whole("meal_stretch") // GRID if breaks and demands.meal else self._steps
        self._pause = -(-breaks.whole("pause") // GRID) if breaks else 1
        self._meal = -(-breaks.whole("meal") // GRID) if breaks else 1
        self._meals = demands.meal // breaks.whole("meal") if breaks else 0
        self._minutes = notes.whole("minutes") if notes else 0
        self._closing = notes.whole("closing") if notes else 0
        self._midday = (demands.book.midday - START) / GRID
        self._grace = self._midday + (notes.whole("grace") / GRID if notes else 0)

    @cached_property
    def _lengths(self) -> tuple[int, int, int]:
        """The steps of a session, of an intake, and of the recovery after trauma processing."""
        given = self.demands.given
        return (
            -(-given.session_minutes // GRID),
            -(-given.intake_minutes // GRID),
            self.demands.recovery // GRID,
        )

    @cached_property
    def _slot(self) -> tuple[int, int]:
        """The steps of an urgent slot, and of the reset before it."""
        slot = -(-self.demands.minutes("urgent_slots") // GRID)
        return slot, self.demands.slot // GRID - slot

    def holds(self, content: DayContent) -> bool:
        """Return whether a day holds all of it."""
        if content not in self._known:
            idle = self.idle(content)
            # A day with room is as a fuller one, in which a session stays away: that is looked at sooner.
            fuller = replace(content, sessions=content.sessions + 1)
            loose = idle >= self._lengths[0] and self.idle(fuller) >= 0
            self._known[content] = idle >= 0 and (
                (loose and self.holds(fuller)) or self._looked_at(content, idle)
            )
        return self._known[content]

    def idle(self, content: DayContent) -> int:
        """Return the steps of a day in which nothing stands; negative where its minutes do not suffice."""
        counts = (content.sessions, content.intakes, content.recoveries, content.slots)
        pauses = self.demands.pauses(content.sessions, content.slots)
        busy = self.demands.day(*counts) - pauses + sum(content.blocks) + content.joint
        return self._steps - busy // GRID if busy % GRID == 0 else self._steps - busy // GRID - 1

    def _looked_at(self, content: DayContent, idle: int) -> bool:
        notes = self.demands.documentation(content.sessions, content.intakes, content.slots) // GRID
        traumas = min(content.recoveries, content.sessions - content.intakes)
        start = _Left(
            at=self._steps,
            joint=-(-content.joint // GRID),
            plain=content.sessions - content.intakes - traumas,
            intakes=content.intakes,
            traumas=traumas,
            slots=content.slots,
            blocks=tuple(each // GRID for each in content.blocks),
            notes=notes,
            meals=self._meals,
            idle=idle,
            meal=self._steps,
        )
        failed: set[_Left] = set()
        found = self._can_be_finished(start, failed)
        # Where there are more orders than can be looked at, its minutes have to do.
        return found or len(failed) >= _MOST

    def _can_be_finished(self, left: _Left, failed: set[_Left]) -> bool:
        if left in failed or left.at < left.joint or len(failed) >= _MOST:
            return False
        if self._is_finished(left) or any(self._can_be_finished(n, failed) for n in self._next(left)):
            return True
        failed.add(left)
        return False

    def _is_finished(self, left: _Left) -> bool:
        if (
            left.plain
            or left.intakes
            or left.traumas
            or left.slots
            or left.blocks
            or left.notes
            or left.meals
        ):
            return False
        if self._meals and left.meal > self._meal_stretch:
            return False
        before = left.work if left.at == left.joint else 0
        if left.joint <= self._stretch < before + left.joint:
            return False
        if left.spare < 0:
            return True
        halves = left.morning + left.afternoon
        return left.spare >= self._minutes * halves and (not left.morning or left.early_then >= self._minutes)

    def _next(self, left: _Left) -> Iterator[_Left]:
        """Yield what may stand before what is placed: long things first, idle time last."""
        if self._meals and left.meal - left.at > self._meal_stretch:
            return  # whatever meal comes before is too far from this one, or from the end
        yield from self._sessions(left)
        if left.notes:
            early = left.early + (GRID if left.at - 1 <= self._grace else 0)
            done = {
                "written": left.written + GRID,
                "early": min(early, self._minutes),
                "notes": left.notes - 1,
            }
            yield from self._worked(left, 1, 0, done)
        for block in Counter(left.blocks):
            rest = list(left.blocks)
            rest.remove(block)
            yield from self._worked(left, block, 0, {"blocks": tuple(rest)})
        if left.meals:
            at = left.at - self._meal
            yield left._replace(at=at, meals=left.meals - 1, meal=at, clients=0, work=0)
        if left.idle >= self._pause:
            yield left._replace(at=left.at - self._pause, idle=left.idle - self._pause, clients=0, work=0)

    def _sessions(self, left: _Left) -> Iterator[_Left]:
        plain, intake, recovery = self._lengths
        notes = self.demands.notes
        if left.plain:
            yield from self._session(left, plain, 0, notes, {"plain": left.plain - 1})
        if left.traumas:
            yield from self._session(left, plain, recovery, notes, {"traumas": left.traumas - 1})
        if left.intakes:
            share = notes + self.demands.minutes("documentation", "intake")
            yield from self._session(left, intake, 0, share, {"intakes": left.intakes - 1})
        if left.slots:
            slot, reset = self._slot
            share = notes + self.demands.minutes("documentation", "crisis")
            yield from self._session(left, slot, 0, share, {"slots": left.slots - 1}, reset)

    def _session(
        self, left: _Left, length: int, after: int, share: int, taken: dict[str, Any], before: int = 0
    ) -> Iterator[_Left]:
        """Yield the day with a session `after` steps before what is placed, if its notes are there."""
        morning = left.at - after - length < self._midday
        shares = left.shares + share
        asked = shares + (self._minutes if morning and left.afternoon else 0)
        if left.written < max(self._closing, asked):
            return
        # The first session of the afternoon has that half-day's notes after it.
        if morning and left.afternoon and not left.morning and left.spare < self._minutes:
            return
        done = {
            **taken,
            "shares": shares,
            "spare": min(left.written - shares, 2 * self._minutes),
            "early_then": left.early,
            "morning": left.morning or morning,
            "afternoon": left.afternoon or not morning,
        }
        yield from self._worked(left, before + length + after, length, done)

    def _worked(self, left: _Left, steps: int, clients: int, done: dict[str, Any]) -> Iterator[_Left]:
        """Yield the day with something at work, if no stretch is too long by it."""
        work, seen = left.work + steps, left.clients + clients
        if work <= self._stretch and seen <= self._longest:
            yield left._replace(at=left.at - steps, work=work, clients=seen, **done)
