"""What can be told of a request's openings without solving: single rules that forbid all of an option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.explaining.unplaced.week import Week, own_solo_blocks
from safeschedule.model.candidates import unsifted_sessions
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import KINDS, Rows, join_rows
from safeschedule.problem import Setting

OVERLAP = "no_overlap"


@dataclass(frozen=True)
class Activity:
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
    example
        A week with one of the openings taken; ``None`` when there is nothing to see in one.
    """

    rule: str
    busy: tuple[Activity, ...] = ()
    example: Rows | None = None


class Facts:
    """The openings of a request that is not for a group, and what forbids them one by one."""

    def __init__(self, week: Week, request: int) -> None:
        self._week, self._index = week, week.index
        self._client = int(self._index.request_client[request])
        index = week.index
        offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
        offered[request] = True
        rows = unsifted_sessions(index, offered)
        self._rows = rows = rows.take(~week.among(rows).chosen[: len(rows)])
        self._half = index.half_of(rows.start)
        self._kept = {name: amounts == 0 for name, amounts in _alone(index, rows)}
        self._allowed = np.logical_and.reduce([np.ones(len(rows), dtype=bool), *self._kept.values()])

    def order(self) -> list[int]:
        """Return the clinicians with openings, those first who have the most that no single rule forbids."""
        people = np.unique(self._rows.clinician)
        counts = np.bincount(self._rows.clinician[self._allowed], minlength=len(self._index.clinicians))
        found: list[int] = sorted(people.tolist(), key=lambda c: -int(counts[c]))
        return found

    def halves(self, clinician: int) -> list[int]:
        """Return the half-days in which the clinician works long enough."""
        found: list[int] = np.unique(self._half[self._rows.clinician == clinician]).tolist()
        return found

    def against(self, clinician: int, half: int) -> Fact | None:
        """Return what alone forbids every opening of an option, or ``None`` when nothing does so alone.

        What holds of the clinician all week comes first, then what holds of the half-day, then what is
        fixed there.
        """
        every = self._rows.clinician == clinician
        mine = every & (self._half == half)
        for where in (every, mine):
            for name, kept in self._kept.items():
                if not (where & kept).any():
                    return Fact(name, example=self._with(np.flatnonzero(mine)[0]))
        if OVERLAP not in self._index.settings or not self._index.settings[OVERLAP].hard:
            return None
        busy = self._busy(clinician)
        met = self._meetings_of(busy)
        free = mine & ~met.any(axis=1)
        if not free.any():
            return Fact(OVERLAP, _needed(busy, met[mine]))
        for name, kept in self._kept.items():
            if not (free & kept).any():
                return Fact(name, _needed(busy, met[mine & kept]), self._with(np.flatnonzero(free)[0]))
        return None

    def _with(self, number: int) -> Rows:
        return join_rows([self._week.own, self._rows.take(np.array([number]))])

    def _busy(self, clinician: int) -> list[Activity]:
        """Return what the clinician and the client are in that stays where it is."""
        index, rows = self._index, self._week.own
        numbers, people = rows.people()
        held = np.zeros(len(rows), dtype=bool)
        held[numbers[people == clinician]] = True
        held &= ~own_solo_blocks(rows, [clinician])
        visits = np.flatnonzero(rows.is_visit)
        held[visits[index.request_client[rows.request[visits]] == self._client]] = True
        grid, found = index.grid, []
        for number in np.flatnonzero(held).tolist():
            start, end = int(rows.start[number]), int(rows.end[number])
            # As the model counts: by whole grid steps.
            found.append(Activity(name_of(index, rows, number), start // grid * grid, index.up(end)))
        person = index.clinicians[clinician].id
        met = [m for m in index.problem.meetings if person in m.clinicians]
        return found + [Activity(m.id, index.minute(m.start), index.minute(m.start) + m.minutes) for m in met]

    def _meetings_of(self, busy: Sequence[Activity]) -> Bools:
        """Return by opening and activity whether the two overlap."""
        start = np.array([a.start for a in busy], dtype=np.int64)
        end = np.array([a.end for a in busy], dtype=np.int64)
        rows = self._rows
        found: Bools = (rows.start[:, None] < end[None, :]) & (rows.end[:, None] > start[None, :])
        return found


def name_of(index: Index, rows: Rows, number: int) -> str:
    """Return the code of a row's request or group, or the kind of its block."""
    if rows.request[number] < 0:
        return str(KINDS[rows.kind[number]].value).replace("_", " ")
    return index.asked[int(rows.request[number])].id


def _needed(busy: Sequence[Activity], met: Bools) -> tuple[Activity, ...]:
    """Return activities that together meet all the openings, none of which can be spared."""
    held = [n for n in range(len(busy)) if met[:, n].any()]
    for number in sorted(held, key=lambda n: int(met[:, n].sum())):
        rest = [n for n in held if n != number]
        if met[:, rest].any(axis=1).all():
            held = rest
    return tuple(sorted((busy[n] for n in held), key=lambda a: (a.start, a.name)))


def _alone(index: Index, rows: Rows) -> Iterator[tuple[str, Ints]]:
    """Yield hard rules that judge single rows, the strongest tier first, and their amounts."""
    tiers = list(Tier)

    def strength(item: tuple[str, Setting]) -> int:
        # That somebody may not see the client at all says more than when the client can come.
        personal = encoder_of(item[1]).suits is not None
        return -20 if item[0] == "qualification" else tiers.index(item[1].tier) - 10 * personal

    for name, setting in sorted(index.settings.items(), key=strength):
        encoder = encoder_of(setting)
        if not setting.hard or name == OVERLAP:
            continue
        if encoder.amounts is not None:
            yield name, encoder.amounts(index, setting, rows)
        elif encoder.suits is not None:
            suits = encoder.suits(index, setting)[rows.request, rows.clinician]
            yield name, (~suits).astype(np.int64)
