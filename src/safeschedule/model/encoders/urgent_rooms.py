"""Encoder of ``urgent_rooms``: urgent slots and sessions against the rooms and equipment that fit them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.capacity import post_capacity
from safeschedule.model.index import Bools, Ints
from safeschedule.model.rooming import closed, pools
from safeschedule.model.rows import groups, steps
from safeschedule.model.slots import slots_of
from safeschedule.model.variables import Var
from safeschedule.problem import Setting

_Lost = Mapping[int, Mapping[int, int]]


def post(build: Build, setting: Setting) -> None:
    """Keep what slots and sessions draw on a pool to its size, in each grid step that a slot may hold."""
    if "room_capacity" not in build.index.settings:
        return
    numbers, pool, sizes = pools(build.index, build.rows, slots=True)
    held: Bools = slots_of(build.rows)[numbers]
    asked = np.isin(pool, pool[held])
    if not asked.any():
        return
    numbers, pool, held = numbers[asked], pool[asked], held[asked]
    lost = {number: closed(build.index, number) for number in np.unique(pool).tolist()}
    if setting.hard and not build.apart:
        post_capacity(build, pool, numbers, sizes, lost, held)
    elif build.exact and setting.hard:
        _post_apart(build, numbers, pool, held, sizes, lost)
    elif build.exact:
        _post_soft(build, setting, numbers, pool, held, sizes, lost)


def _short(
    build: Build, numbers: Ints, pool: Ints, held: Bools, sizes: Mapping[int, int], lost: _Lost
) -> Iterator[tuple[int, list[Var], list[Var], int]]:
    """Yield (grid step, what may draw there, slots among it, how much there is) where it may be short."""
    which, slots = steps(build.rows, build.index.grid, numbers)
    for (owner, step), members in groups(pool[which], slots):
        there = which[members]
        most = sizes[owner] - lost[owner].get(step, 0)
        if held[there].any() and len(there) > most:
            drawing = [build.row_vars[n] for n in numbers[there]]
            yield step, drawing, [build.row_vars[n] for n in numbers[there[held[there]]]], most


def _post_apart(
    build: Build, numbers: Ints, pool: Ints, held: Bools, sizes: Mapping[int, int], lost: _Lost
) -> None:
    """Post for each slot that all fits while it is there, whatever holds without it."""
    for _, drawing, slots, most in _short(build, numbers, pool, held, sizes, lost):
        total, over = cp_model.LinearExpr.sum(drawing), len(drawing) - most
        for slot in slots:
            build.model.add(total + over * slot <= most + over)


def _post_soft(
    build: Build,
    setting: Setting,
    numbers: Ints,
    pool: Ints,
    held: Bools,
    sizes: Mapping[int, int],
    lost: _Lost,
) -> None:
    """Let each half of a date in which not all fits cost."""
    found: dict[int, Var | int] = {}
    for step, drawing, _, most in _short(build, numbers, pool, held, sizes, lost):
        half = int(build.index.half_of(np.array(step * build.index.grid)))
        if half not in found:
            found[half] = build.slack(setting)
        build.model.add(cp_model.LinearExpr.sum(drawing) <= most + (len(drawing) - most) * found[half])
