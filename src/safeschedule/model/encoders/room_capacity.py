"""Encoder of ``room_capacity``: sessions in person against the rooms and equipment that fit them."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.capacity import post_capacity
from safeschedule.model.rooming import closed, pools
from safeschedule.problem import Setting


def post(build: Build, setting: Setting) -> None:
    """Keep the sessions that draw on a pool of rooms or of equipment to its size."""
    del setting
    numbers, pool, sizes = pools(build.index, build.rows, slots=False)
    if len(numbers):
        lost = {number: closed(build.index, number) for number in sizes}
        post_capacity(build, pool, numbers, sizes, lost)
