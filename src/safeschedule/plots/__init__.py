"""Plots of weeks, loads, waits and studies, as pictures, words and tables.

Every function returns a frozen `Plot`, which holds nothing but what it shows; matplotlib is loaded when a
picture is asked for: ``pip install "safeschedule[plots]"``.

>>> import safeschedule
>>> from safeschedule.samples import generate
>>> problem = generate(4, seed=1)
>>> result = safeschedule.solve(problem, deterministic_limit=0.5, workers=1)
>>> plot = safeschedule.plots.week(result, problem)
>>> plot.image("svg").startswith(b"<?xml")
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeschedule.lazily import loader

if TYPE_CHECKING:
    from safeschedule.plots.exposures import exposure, exposure_over_weeks
    from safeschedule.plots.loads import load
    from safeschedule.plots.plot import Plot
    from safeschedule.plots.shapes import BarPlot, CurvePlot, RangePlot, TimelinePlot
    from safeschedule.plots.studies import front, price_of_rules, staffing_curve, tornado
    from safeschedule.plots.timelines import gantt, week
    from safeschedule.plots.waiting import waits

_HOMES = {
    "exposures": "exposure exposure_over_weeks",
    "loads": "load",
    "plot": "Plot",
    "shapes": "BarPlot CurvePlot RangePlot TimelinePlot",
    "studies": "front price_of_rules staffing_curve tornado",
    "timelines": "gantt week",
    "waiting": "waits",
}

__all__ = [
    "BarPlot",
    "CurvePlot",
    "Plot",
    "RangePlot",
    "TimelinePlot",
    "exposure",
    "exposure_over_weeks",
    "front",
    "gantt",
    "load",
    "price_of_rules",
    "staffing_curve",
    "tornado",
    "waits",
    "week",
]

__getattr__ = loader(__name__, {name: home for home, names in _HOMES.items() for name in names.split()})
