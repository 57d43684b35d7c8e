"""Encoder of ``intensity_pairing``: high-intensity sessions in a row cost."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.need import Need
from safeschedule.model.runs import post_runs, run_breakers
from safeschedule.problem import Setting

NEEDS = (Need.PEOPLE,)


def post(build: Build, setting: Setting) -> None:
    """Post runs of one: each further session of a run is one pair."""
    high = build.rows.of_requests(build.index.request_high)
    post_runs(build, setting, high, run_breakers(build), setting.whole("gap"), 1)
