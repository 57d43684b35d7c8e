"""The rooms and the equipment that urgent slots hold, as the model knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.model.fitting import Fitting, needs
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Role, Rows
from safeschedule.model.slots import case_of, holders, slot_starts, slots_of, start_every
from safeschedule.model.spans import DAYS, HALVES
from safeschedule.problem.clock import DAY


def holds_rooms(index: Index) -> bool:
    """Return whether rooms have to be kept for urgent slots."""
    setting = index.settings.get("urgent_rooms")
    return setting is not None and setting.hard and "room_capacity" in index.settings


def needs_of_slots(index: Index) -> list[tuple[Fitting, ...]]:
    """Return what slots need, by the number of the place where they are."""
    return _kept(index).needs


def slot_places(index: Index, rows: Rows) -> tuple[Ints, Ints]:
    """Return (rows of urgent slots that need something, the number of the place of each)."""
    kept, slots = _kept(index), slots_of(rows) & (rows.role == Role.SOLO)
    if not kept.needs or not slots.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    numbers = np.flatnonzero(slots & (rows.minutes >= case_of(index).minutes))
    who, start = rows.clinician[numbers], rows.start[numbers]
    step = start // index.grid
    site = index.period_site[who, step]
    place = np.where(index.period_remote[who, step], -1, kept.place[who, site])
    place[~kept.open[who, index.working_half(who, start)]] = -1
    return numbers[place >= 0], place[place >= 0]


def anchors(index: Index, rows: Rows) -> Ints:
    """Return one site for each slot that needs something, at which it can be had (-1: no site is named)."""
    kept = _kept(index)
    found: Ints = kept.anchor[rows.clinician, index.period_site[rows.clinician, rows.start // index.grid]]
    return found


@dataclass(frozen=True)
class _Kept:
    """What slots need by place, the place by clinician and site (-1: any), and in which halves they need it.

    The place of slots that need nothing is -1. Of the halves (-2 to 13) those of day -1 are the last. The
    `anchor`, by clinician and site, is one of the sites at which the slot may be.
    """

    needs: list[tuple[Fitting, ...]]
    place: Ints
    open: Bools
    anchor: Ints


def _kept(index: Index) -> _Kept:
    return index.once("slot rooms", lambda: _make(index))


def _make(index: Index) -> _Kept:
    people = len(index.clinicians)
    found: dict[tuple[Fitting, ...], int] = {}
    place = np.full((people, len(index.site_number) + 1), -1, dtype=np.int64)
    anchor = np.full_like(place, -1)
    halves = np.zeros((people, HALVES + 2), dtype=bool)
    codes = list(index.site_number)
    for clinician in holders(index):
        for site in range(-1, len(codes)):
            sites = [codes[site]] if site >= 0 else _roaming(index, clinician)
            there = [s for s in sites if s is None or not _remote(index, s)]
            if wanted := _wanted(index, there):
                place[clinician, site] = found.setdefault(wanted, len(found))
                anchor[clinician, site] = _anchor(index, clinician, there)
    made = _Kept(list(found), place, halves, anchor)
    for clinician in holders(index):
        _open(index, clinician, made)
    return made


def _roaming(index: Index, clinician: int) -> Sequence[str | None]:
    return index.clinicians[clinician].sites or list(index.site_number) or [None]


def _remote(index: Index, site: str) -> bool:
    return index.site_number[site] in index.remote_sites


def _wanted(index: Index, sites: Sequence[str | None]) -> tuple[Fitting, ...]:
    """Return what would do for each thing needed at one of some sites, without what there is none of."""
    kind = case_of(index).kind
    if kind is None or not sites:
        return ()
    there = [list(needs(index, kind, site)) for site in sites]
    joined = (frozenset[str]().union(*same) for same in zip(*there, strict=True))
    return tuple(things for things in joined if things)


def _anchor(index: Index, clinician: int, sites: Sequence[str | None]) -> int:
    """Return the number of one of some sites: each is taken as often as it has rooms, in turn."""
    kind = case_of(index).kind
    assert kind is not None
    rooms = {site: min((len(things) for things in needs(index, kind, site)), default=0) for site in sites}
    spread = [site for site in sites for _ in range(rooms[site])] or list(sites)
    site = spread[clinician % len(spread)]
    return -1 if site is None else index.site_number[site]


def _open(index: Index, clinician: int, kept: _Kept) -> None:
    """Note in which halves of working days a slot could have all that it needs, were it alone."""
    minutes, every = case_of(index).minutes, start_every(index)
    for day, low, high in slot_starts(index, clinician):
        site = int(index.period_site[clinician, low // index.grid])
        place = int(kept.place[clinician, site])
        if place < 0 or index.period_remote[clinician, low // index.grid]:
            continue
        starts = np.arange(low, high + 1, every)
        shut = np.pad(np.cumsum(_shut(index, kept.needs[place])), (1, 0))
        starts = starts[shut[starts] == shut[np.minimum(starts + minutes, len(shut) - 1)]]
        late = starts >= index.turns[clinician, day]
        kept.open[clinician, 2 * day] |= bool((~late).any())
        kept.open[clinician, 2 * day + 1] |= bool(late.any())


def _shut(index: Index, wanted: tuple[Fitting, ...]) -> Bools:
    """Return in which minutes of the week nothing of some kind that is needed can be used."""
    found = np.zeros(DAYS * DAY, dtype=bool)
    closed = index.problem.by_code.shut
    for things in wanted:
        if not things <= closed.keys():
            continue
        none = np.ones(DAYS * DAY, dtype=bool)
        for code in things:
            mine = np.zeros(DAYS * DAY, dtype=bool)
            for span in closed[code]:
                mine[max(0, index.minute(span.start)) : max(0, index.minute(span.end))] = True
            none &= mine
        found |= none
    return found
