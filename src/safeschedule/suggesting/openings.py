"""Openings: where a session could go, with what the session alone is worth there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from safeschedule.catalogue import Tier, Trait
from safeschedule.explaining.unplaced.limits import appointment_of, dates_of
from safeschedule.explaining.unplaced.movable import movable
from safeschedule.model.candidates import sessions_of, suiting
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import Rows, groups
from safeschedule.problem import History, Problem, Request
from safeschedule.problem.pins import PINS
from safeschedule.schedule import Appointment
from safeschedule.solving.tiers import soft_tiers
from safeschedule.suggesting.metrics import free_minutes
from safeschedule.suggesting.moving import amended
from safeschedule.verifier.again import Standing
from safeschedule.verifier.caseload import points_cap
from safeschedule.verifier.nearby import Given

Worth = tuple[int, ...]
"""A part of the objective by tier, strongest first; larger is better."""


@dataclass(frozen=True)
class OnDate:
    """One clinician's openings on one date.

    Parameters
    ----------
    clinician, day
        Numbers of the clinician and of the working day.
    date
        The number of both the date and the working day, by `dates_of`.
    numbers
        The openings, those that are worth most first, then in person, then the earliest.
    worth
        Of the first one.
    """

    clinician: int
    day: int
    date: int
    numbers: tuple[int, ...]
    worth: Worth


class Openings:
    """Where a session of a request could go beside what cannot move, whatever own blocks are in the way.

    Parameters
    ----------
    without
        What does not count: the appointment that is to be moved, with its preparation and recovery.
    """

    def __init__(self, standing: Standing, request: Request, without: Sequence[Given]) -> None:
        self._standing, self._request, self._without = standing, request, without
        self.index = Index(alone(standing.problem, request))
        suits = suiting(self.index)
        self.able = int(suits.any(axis=0).sum())
        rows = sessions_of(self.index, suits)
        self.rows = rows.take(~(self._taken(rows) | self._where_it_is(rows)))
        self.worth = self._worths()

    def appointment(self, number: int) -> Appointment:
        """Return the session that an opening would become, without a room."""
        return appointment_of(self.index, self._request, self.rows, number)

    def dates(self) -> list[OnDate]:
        """Return the openings by clinician and date, in the order in which they are worth a look.

        Those that may be worth most come first. Of those that may be worth the same, each date has its turn
        before any has its second; first with whoever has time for it beside everything, and of these with
        whoever has the fewest points for the cap.
        """
        rows = self.rows
        if not len(rows):
            return []
        order = np.lexsort((rows.site, rows.start, rows.mode, *-self.worth[::-1]))
        found = []
        days = self.index.day_of(rows.clinician, rows.start)
        for (clinician, date), members in groups(rows.clinician[order], dates_of(self.index, rows)[order]):
            numbers = tuple(order[np.sort(members)].tolist())
            found.append(OnDate(clinician, int(days[numbers[0]]), date, numbers, self.of(numbers[0])))
        easy = {id(unit): self._ease(unit) for unit in found}
        found.sort(key=lambda unit: (minus(unit.worth), unit.date, easy[id(unit)], unit.clinician))
        turns = Counter[tuple[Worth, int]]()
        ranked: list[tuple[Worth, int, int, OnDate]] = []
        for unit in found:
            turns[unit.worth, unit.day] += 1
            ranked.append((minus(unit.worth), turns[unit.worth, unit.day], len(ranked), unit))
        return [unit for *_, unit in sorted(ranked, key=lambda entry: entry[:3])]

    def of(self, number: int) -> Worth:
        """Return what an opening is worth at most."""
        return tuple(self.worth[:, number].tolist())

    def _ease(self, unit: OnDate) -> tuple[bool, Fraction]:
        """Return whether time is short on a date, and the share of the cap that the clinician carries."""
        week, person = self._standing.week, self.index.clinicians[unit.clinician]
        given = self._standing.nearby.of([("clinician", person.id)])
        short = free_minutes(week, person.id, given, unit.day) < int(self.rows.minutes[unit.numbers[0]])
        carried = week.caseload.points(week.caseload.own(person.id))
        return short, Fraction(carried, max(1, points_cap(person, week.settings["caseload_cap"])))

    def _taken(self, rows: Rows) -> Bools:
        """Return which rows overlap something of the clinician or the client that cannot move."""
        problem = self._standing.problem
        return taken(
            self.index,
            self._standing,
            self._request.client,
            rows,
            self._without,
            lambda given: movable(problem, given),
        )

    def _where_it_is(self, rows: Rows) -> Bools:
        """Return which rows overlap the appointment that is to be moved, with the same clinician."""
        now = np.zeros(len(rows), dtype=bool)
        for given in self._without:
            if isinstance(given, Appointment):
                here = self.index.clinician_number.get(given.clinicians[0], -1)
                start = self.index.minute(given.start)
                overlaps = (rows.start < start + given.minutes) & (start < rows.end)
                now |= overlaps & (rows.clinician == here)
        return now

    def _worths(self) -> Ints:
        """Return by tier and opening how much the session alone can better the objective.

        What a row costs by itself is known for each; the rest of it only depends on the date.
        """
        index, rows = self.index, self.rows
        tiers = soft_tiers(index.settings)
        found = np.zeros((len(tiers), len(rows)), dtype=np.int64)
        soft = {name: s for name, s in index.settings.items() if not s.hard and s.weight}
        by_row = {name: encoder_of(setting).amounts for name, setting in soft.items()}
        by_date = {name for name, setting in soft.items() if Trait.GOES_BY_DATE in setting.rule.traits}
        alone = [name for name in soft if name in by_date or by_row[name] is not None]
        if not len(rows):
            return found
        for name in alone:
            amounts = by_row[name]
            if name not in by_date and amounts is not None:
                found[tiers.index(soft[name].tier)] -= soft[name].weight * amounts(index, soft[name], rows)
        for _, members in groups(rows.day):
            number = int(members[0])
            exact = self._gains(number, alone, tiers)
            found[:, members] += (exact - found[:, number])[:, None]
        return found

    def _gains(self, number: int, rules: Collection[str], tiers: Sequence[Tier]) -> Ints:
        """Return by tier how much less some rules cost with the session at an opening than now."""
        standing = self._standing
        made = amended(standing.schedule, self._without, [self.appointment(number)])
        change = standing.change(made, rules=rules)
        found = np.zeros(len(tiers), dtype=np.int64)
        for name in rules:
            tier = self.index.settings[name].tier
            found[tiers.index(tier)] += change.before[name] - change.after[name]
        return found


def taken(
    index: Index,
    standing: Standing,
    client: str,
    rows: Rows,
    without: Sequence[Given] = (),
    yields: Callable[[Given], bool] = lambda _: False,
) -> Bools:
    """Return which rows of a client's sessions overlap something of the client or of their clinician.

    Parameters
    ----------
    without
        Activities that do not count.
    yields
        Which activities of the clinician make way.
    """
    left = {id(given) for given in without}
    found = np.zeros(len(rows), dtype=bool)
    for given in standing.nearby.of([("client", client)]):
        if id(given) not in left:
            start = index.minute(given.start)
            found |= (rows.start < start + given.minutes) & (start < rows.end)
    for (number,), own in groups(rows.clinician) if len(rows) else ():
        begin, end = rows.start[own], rows.end[own]
        for given in standing.nearby.of([("clinician", index.clinicians[number].id)]):
            if id(given) not in left and not yields(given):
                start = index.minute(given.start)
                found[own[(begin < start + given.minutes) & (start < end)]] = True
    return found


def minus(worth: Worth) -> Worth:
    """Return a worth negated, to sort the largest first."""
    return tuple(-value for value in worth)


def alone(problem: Problem, request: Request) -> Problem:
    """Return the problem as if nobody else asked for anything."""
    clients = tuple(client for client in problem.clients if client.id == request.client)
    nothing: dict[str, object] = dict.fromkeys(("groups", *PINS, "incidents"), ())
    given = {"requests": (request,), "clients": clients, "history": History(), **nothing}
    return problem.model_copy(update=given)
