"""What can be told of a request's openings without solving: what forbids each of them by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.limits import dates_of
from safeschedule.explaining.unplaced.movable import movable
from safeschedule.model.candidates import suiting, unsifted_sessions
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import Rows
from safeschedule.problem import Setting
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given

OVERLAP = "no_overlap"


@dataclass(frozen=True)
class Commitment:
    """Something fixed that a clinician or the client is in, by minutes of the week."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Fact:
    """A rule that forbids every opening of an option.

    Parameters
    ----------
    rule
        The rule; ``no_overlap`` when everybody's fixed time leaves none.
    busy
        The fixed activities that take part, of which none can be spared.
    finding
        What the verifier finds with one of the openings taken; ``""``: there is nothing to see in one.
    """

    rule: str
    busy: tuple[Commitment, ...] = ()
    finding: str = ""


class Facts:
    """The openings of a request that is not for a group, and what forbids them one by one.

    Three things are known of each opening: which rules forbid it in any week, because they judge it alone;
    which limits of the date or of the week would be passed; and whether something fixed is there already.

    Parameters
    ----------
    ground
        The problem's index and the schedule.
    request
        Its number.
    everyone
        Whether to look at all clinicians; else at those who may take it, if there are any.
    enough
        Whether the time is over: then the verifier is asked nothing more, neither for limits nor for words.
    rows
        The openings, where they are known: of a group its places, each with its first facilitator.
    """

    def __init__(
        self,
        ground: Ground,
        request: int,
        *,
        everyone: bool = True,
        enough: Callable[[], bool] = lambda: False,
        rows: Rows | None = None,
    ) -> None:
        index = ground.index
        self._index, self._ground, self._enough = index, ground, enough
        self._asked = index.requests[request]
        offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
        may = index.once("suiting", lambda: suiting(index))[request]
        self.suited = bool(may.any())
        offered[request] = True if everyone or not self.suited else may
        self.people: list[int] = np.flatnonzero(offered[request]).tolist()
        self.rows: Rows = unsifted_sessions(index, offered) if rows is None else rows
        self._half = index.half_of(self.rows.start)
        self.alone: dict[str, Bools] = {name: amounts > 0 for name, amounts in alone(index, self.rows)}

    @cached_property
    def unsuiting(self) -> dict[str, Bools]:
        """By hard rule that says so: by request and clinician whether the request may not be theirs."""
        found = {}
        for name in self.alone:
            setting = self._index.settings[name]
            if setting.hard and (suits := encoder_of(setting).suits) is not None:
                found[name] = ~suits(self._index, setting)
        return found

    @cached_property
    def allowed(self) -> Bools:
        """By opening: whether no rule forbids it by itself."""
        return ~_any(self.alone, len(self.rows))

    @cached_property
    def limits(self) -> dict[str, Bools]:
        """By rule that counts, and by opening: whether its limit is reached."""
        found: dict[str, Bools] = {}
        for (clinician, day), breaks in self._beyond.items():
            there = (self.rows.clinician == clinician) & (self._dates == day)
            for name in {finding.rule for finding in breaks}:
                found.setdefault(name, np.zeros(len(self.rows), dtype=bool))[there] = True
        order = [name for name in self._index.settings if name in found]
        return {name: found[name] for name in order}

    @cached_property
    def _dates(self) -> Ints:
        return dates_of(self._index, self.rows)

    @cached_property
    def _beyond(self) -> dict[tuple[int, int], tuple[Finding, ...]]:
        if self._enough():
            return {}
        return self._ground.limits.beyond(self._index, self._asked, self.rows)

    @cached_property
    def taken(self) -> Bools:
        """By opening: whether something fixed of the clinician or the client is there."""
        found = np.zeros(len(self.rows), dtype=bool)
        setting = self._index.settings.get(OVERLAP)
        if setting is None or not setting.hard:
            return found
        for clinician in self.people:
            mine = np.flatnonzero(self.rows.clinician == clinician)
            found[mine] = self._meetings_of(self._busy(clinician), mine).any(axis=1)
        return found

    def standing(self) -> dict[str, Bools]:
        """Return by rule and opening what forbids it as the week stands; what says most comes first."""
        alone = {name: forbids for name, forbids in self.alone.items() if name != OVERLAP}
        return {**alone, **self.limits, OVERLAP: self.taken}

    def order(self) -> list[int]:
        """Return the clinicians with openings, those first who have the most that no single rule forbids."""
        people = np.unique(self.rows.clinician)
        counts = np.bincount(self.rows.clinician[self.allowed], minlength=len(self._index.clinicians))
        found: list[int] = sorted(people.tolist(), key=lambda c: -int(counts[c]))
        return found

    def halves(self, clinician: int) -> list[int]:
        """Return the half-days in which the clinician works long enough."""
        found: list[int] = np.unique(self._half[self.rows.clinician == clinician]).tolist()
        return found

    def in_any_week(self, clinician: int, half: int) -> Fact | None:
        """Return a rule that alone forbids every opening of an option in any week, or ``None``.

        What holds of the clinician all week comes first, then what holds of the half-day.
        """
        every = self.rows.clinician == clinician
        mine = every & (self._half == half)
        for where in (every, mine):
            for name, forbids in self.alone.items():
                if forbids[where].all():
                    if name == OVERLAP:
                        return Fact(name, self.busy(mine, planned=False))
                    return Fact(name, finding=self.finding(name, mine & forbids))
        return None

    def as_it_stands(self, clinician: int, half: int) -> Fact | None:
        """Return a rule that alone, or with what is fixed there, forbids every opening of an option."""
        mine = (self.rows.clinician == clinician) & (self._half == half)
        for name, forbids in self.limits.items():
            if forbids[mine].all():
                return Fact(name, finding=self.limit(name, mine))
        free = mine & ~self.taken
        if not free.any():
            return Fact(OVERLAP, self.busy(mine))
        for name, forbids in self.alone.items():
            if name != OVERLAP and forbids[free].all():
                return Fact(name, self.busy(mine & ~forbids), self.finding(name, free))
        return None

    def limit(self, rule: str, openings: Bools) -> str:
        """Return what the verifier finds against a limit on most of the dates of one clinician's openings.

        The limit of a week is found on each date, the limit of a date on that date alone.
        """
        found = Counter[str]()
        mine = np.flatnonzero(openings)
        for day in np.unique(self._dates[mine]).tolist():
            breaks = self._beyond.get((int(self.rows.clinician[mine[0]]), day), ())
            found.update(finding.sentence for finding in breaks if finding.rule == rule)
        return next((said for said, _ in found.most_common(1)), "")

    def finding(self, rule: str, openings: Bools) -> str:
        """Return what the verifier finds against a rule that judges single openings, with the first of some.

        Nothing else is in the week then, so that nobody else is named.
        """
        for number in np.flatnonzero(openings)[: not self._enough()].tolist():
            new = self._ground.alone(self._asked, self.rows, number, rule)
            clinician = self._index.clinicians[int(self.rows.clinician[number])].id
            date = moment_at(self._index.problem.week_start, int(self.rows.start[number])).date()
            own = [f for f in new if f.when is not None and f.when.date() == date] or [
                f for f in new if {clinician, self._asked.client} & set(f.who)
            ]
            for found in own or new:
                return found.sentence
        return ""

    def busy(self, openings: Bools, *, planned: bool = True) -> tuple[Commitment, ...]:
        """Return fixed activities that together meet all of one clinician's openings; none can be spared.

        Of what is planned, or only of meetings, which are there in any week.
        """
        numbers = np.flatnonzero(openings)
        if not len(numbers):
            return ()
        clinician = int(self.rows.clinician[numbers[0]])
        there = self._busy(clinician) if planned else self._meetings(clinician)
        met = self._meetings_of(there, numbers)
        held = [n for n in range(len(there)) if met[:, n].any()]
        for number in sorted(held, key=lambda n: int(met[:, n].sum())):
            rest = [n for n in held if n != number]
            if met[:, rest].any(axis=1).all():
                held = rest
        return tuple(sorted((there[n] for n in held), key=lambda a: (a.start, a.name)))

    def _busy(self, clinician: int) -> list[Commitment]:
        """Return what the clinician and the client are in that stays where it is."""
        index, problem = self._index, self._index.problem
        person = index.clinicians[clinician].id
        near = self._ground.standing.nearby.of([("clinician", person), ("client", self._asked.client)])
        grid, found = index.grid, []
        for given in near:
            if not movable(problem, given):
                start = index.minute(given.start)
                # As the model counts: by whole grid steps.
                end = index.up(start + given.minutes)
                found.append(Commitment(_name(given), start // grid * grid, end))
        return found + self._meetings(clinician)

    def _meetings(self, clinician: int) -> list[Commitment]:
        """Return the clinician's meetings."""
        index = self._index
        person = index.clinicians[clinician].id
        met = [
            (m.id, index.minute(m.start), m.minutes) for m in index.problem.meetings if person in m.clinicians
        ]
        return [Commitment(name, start, start + minutes) for name, start, minutes in met]

    def _meetings_of(self, busy: Sequence[Commitment], numbers: Ints) -> Bools:
        """Return by opening and activity whether the two overlap."""
        start = np.array([a.start for a in busy], dtype=np.int64)
        end = np.array([a.end for a in busy], dtype=np.int64)
        begin, finish = self.rows.start[numbers], self.rows.end[numbers]
        found: Bools = (begin[:, None] < end[None, :]) & (finish[:, None] > start[None, :])
        return found


def covering(forbids: dict[str, Bools], openings: Bools) -> tuple[str, ...] | None:
    """Return rules that together forbid all of some openings, of which none can be spared; ``None``: none do.

    Those that come first are kept rather than those that come last.
    """
    if not openings.any():
        return ()
    for name, mask in forbids.items():
        if mask[openings].all():
            return (name,)
    held = {name: mask[openings] for name, mask in forbids.items() if mask[openings].any()}
    count = int(openings.sum())
    if not _any(held, count).all():
        return None
    for name in reversed(list(held)):
        rest = {other: mask for other, mask in held.items() if other != name}
        if _any(rest, count).all():
            held = rest
    return tuple(held)


def _any(masks: dict[str, Bools], length: int) -> Bools:
    found: Bools = np.logical_or.reduce([np.zeros(length, dtype=bool), *masks.values()])
    return found


def _name(given: Given) -> str:
    if isinstance(given, Appointment):
        return given.group or given.request or given.clients[0]
    return given.kind.value.replace("_", " ")


def alone(index: Index, rows: Rows) -> Iterator[tuple[str, Ints]]:
    """Yield hard rules that judge single rows, the strongest tier first, and their amounts."""
    tiers = list(Tier)

    def strength(item: tuple[str, Setting]) -> int:
        # That somebody may not see the client at all says more than when the client can come.
        personal = encoder_of(item[1]).suits is not None
        if item[0] == OVERLAP:
            # Meetings; what is planned is no matter of single rows.
            return len(tiers)
        return -20 if item[0] == "qualification" else tiers.index(item[1].tier) - 10 * personal

    for name, setting in sorted(index.settings.items(), key=strength):
        encoder = encoder_of(setting)
        if not setting.hard:
            continue
        if encoder.amounts is not None:
            yield name, encoder.amounts(index, setting, rows)
        elif encoder.suits is not None:
            suits = index.once(f"suits {name}", partial(encoder.suits, index, setting))
            # It is of sessions of one client: who leads a group is no client's own clinician.
            unfit = ~suits[rows.request, rows.clinician] & ~index.of_groups[rows.request]
            yield name, unfit.astype(np.int64)
