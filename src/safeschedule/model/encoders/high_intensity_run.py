"""Encoder of ``high_intensity_run``: no more than so many high-intensity sessions in a row."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.need import Need
from safeschedule.model.runs import post_runs, run_breakers
from safeschedule.problem import Setting

NEEDS = (Need.PEOPLE,)


def post(build: Build, setting: Setting) -> None:
    """Post the longest run."""
    high = build.rows.of_requests(build.index.request_high)
    post_runs(build, setting, high, run_breakers(build), setting.whole("gap"), setting.whole("most"))
