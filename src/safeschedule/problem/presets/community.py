"""The catalogue as it stands."""

from __future__ import annotations

from safeschedule.problem.presets.preset import Preset

COMMUNITY = Preset(
    "community",
    "1",
    "A community team in office hours: the catalogue as it stands",
    notes=("The figures of the catalogue are meant for such a team, so nothing is changed.",),
)
