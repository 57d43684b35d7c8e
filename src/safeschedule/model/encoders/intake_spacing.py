"""Encoder of ``intake_spacing``: no intakes back to back."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.need import Need
from safeschedule.model.runs import post_runs
from safeschedule.problem import BlockKind, Setting

NEEDS = (Need.PEOPLE,)


def post(build: Build, setting: Setting) -> None:
    """Post runs of one intake, broken by any other activity but buffers and reset."""
    intakes = build.rows.of_requests(build.index.of_kind("intake"))
    between = ~intakes & ~build.rows.of_block(BlockKind.RECOVERY, BlockKind.PREPARATION, BlockKind.RESET)
    post_runs(build, setting, intakes, between, setting.whole("gap"), 1)
