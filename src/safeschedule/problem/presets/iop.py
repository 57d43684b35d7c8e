"""An intensive outpatient programme."""

from __future__ import annotations

from safeschedule.problem.presets.preset import Choice, Preset

_SAMHSA = "SAMHSA 2021, Clinical issues in intensive outpatient treatment"

IOP = Preset(
    "iop",
    "1",
    "An intensive outpatient programme: groups on several days a week, and sessions of one's own",
    (
        Choice(
            "client_spacing",
            "day",
            4,
            "Nine hours a week or more, on three days: three groups and a session of one's own "
            f"on one date ({_SAMHSA}).",
        ),
        Choice("client_spacing", "days", 0, f"The programme's days may follow each other ({_SAMHSA})."),
        Choice(
            "daily_intensity",
            "exempt",
            ("medication", "group"),
            "Of eight members one is always at risk, so that every group would be of high "
            "intensity; what is done in it "
            "says more (assumption).",
        ),
        Choice(
            "caseload_cap",
            "points",
            {"default": 40},
            "A dozen clients who come three times a week are a full caseload (CD: weighted by "
            "intensity; the figure "
            "is an assumption).",
        ),
        Choice(
            "case_review",
            "share",
            "0.2",
            "A programme of this level reviews its treatment plans every week, also when few are "
            "of high acuity "
            "(TC; the figure is an assumption).",
        ),
    ),
    (
        "Groups are `groups` with their `slots`, of types of the kind group; each client asks "
        "for each group with a "
        "`count`. A group counts two sessions for those who lead it, as in the catalogue: "
        "whoever leads three on a date "
        "has no other session then (TC: fewer individual sessions on group days).",
    ),
)
