"""A practice of one."""

from __future__ import annotations

from safeschedule.problem.presets.preset import Choice, Preset

SOLO = Preset(
    "solo",
    "1",
    "A practice of one clinician",
    (
        Choice(
            "consultation",
            "enabled",
            False,
            "Nobody is there to consult; an hour with peers outside is a weekly meeting of the "
            "problem (TC asks for it).",
        ),
        Choice(
            "supervision", "enabled", False, "A supervisor outside is a weekly meeting, too (TC asks for it)."
        ),
        Choice("case_review", "enabled", False, "There is no team to review cases with."),
        Choice(
            "debrief",
            "enabled",
            False,
            "There is nobody on site to hold it; it is a meeting when it is needed.",
        ),
        Choice("cover", "enabled", False, "Whoever covers during leave is not of this practice."),
        Choice("fair_load", "enabled", False, "There is nobody to share the load with."),
        Choice("continuity", "enabled", False, "Every client sees the one who is there."),
        Choice(
            "urgent_slots",
            "enabled",
            False,
            "A slot for a crisis on every date takes a fifth of one person's sessions, and there is nobody "
            "to share the slots with (TC asks for a slot or a buffer; this practice has the buffer below).",
        ),
        Choice(
            "response_reserve",
            "per_client",
            30,
            "Time for what is not planned grows with the clients who bring it, in place of urgent slots "
            "(IG; the figure is an assumption).",
        ),
        Choice("response_reserve", "piece", 30, "A call to somebody in a crisis takes so long (assumption)."),
        Choice(
            "caseload_cap",
            "points",
            {"default": 50},
            "Nobody takes over when it is too much (IG; the figure is an assumption).",
        ),
        Choice(
            "high_acuity_cap",
            "clients",
            {"default": 8},
            "Nor is there anybody to share risk with (CD; the figure is an assumption).",
        ),
    ),
    (
        "Enter peer consultation and supervision outside as meetings that are `weekly`: their "
        "time is protected, and the rest "
        "of the week goes around it.",
        "Days off, recovery, notes, breaks and limits stay as in the catalogue: nobody else watches them.",
    ),
)
