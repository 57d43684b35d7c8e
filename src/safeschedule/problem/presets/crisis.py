"""A crisis team that is there around the clock."""

from __future__ import annotations

from safeschedule.problem.presets.preset import Choice, Preset

_EVOLVING = "Johnson 2013, Advances in Psychiatric Treatment 19, 115"

CRISIS = Preset(
    "crisis",
    "1",
    "A crisis and home treatment team around the clock, in shifts",
    (
        Choice(
            "continuity",
            "hard",
            False,
            f"The team treats its clients together, and whoever is on shift sees them ({_EVOLVING}).",
        ),
        Choice(
            "continuity",
            "weight",
            60,
            "The own clinician has a client before others do, but nobody waits for a shift "
            "(assumption: about "
            "half a step of priority).",
        ),
        Choice(
            "client_spacing",
            "day",
            2,
            f"Home treatment comes up to twice a day ({_EVOLVING}).",
        ),
        Choice("client_spacing", "days", 0, f"And every day, if needed ({_EVOLVING})."),
        Choice(
            "urgent_slots",
            "clinicians",
            3,
            "What is not booked is the team's work, so one of three keeps a slot free (TC asks "
            "for one a day; the "
            "figure is an assumption).",
        ),
        Choice(
            "daily_intensity",
            "flags",
            ("trauma_processing",),
            "Everybody here is at risk of crisis, so that the flag tells no session from "
            "another; its type does "
            "(assumption).",
        ),
        Choice("session_limits", "day", 5, "The rest of a shift is for calls and ways (assumption)."),
        Choice("session_limits", "week", 20, "Four a shift on average (assumption)."),
        Choice(
            "caseload_cap",
            "points",
            {"default": 40},
            "About ten clients of the upper bands: caseloads with frequent crises must be smaller "
            "(IG; the figure is an assumption).",
        ),
        Choice(
            "case_review",
            "quorum",
            "0.3",
            "Of those in shifts a third can be there at once (TC asks for a weekly review; the figure is an "
            "assumption).",
        ),
        Choice(
            "urgent_access",
            "rank",
            3,
            "Clients of the band high who are overdue do not wait either (AB; the figure is an assumption).",
        ),
        Choice(
            "even_days",
            "enabled",
            False,
            "A night has few sessions, and is meant to.",
        ),
        Choice(
            "cover",
            "enabled",
            False,
            "Whoever is on shift covers for whoever is not, by the urgent slots (assumption).",
        ),
    ),
    (
        "Shifts over midnight are written as they are (`21:00` to `07:00`): the night is one "
        "working day, with its limits, "
        "breaks and notes, and eleven hours of rest follow it, as the catalogue says.",
        "Give clients their waking hours as windows; whoever has none can be visited at three in "
        "the morning.",
        "A night's duties by day (consultation, supervision) have their place in shifts by day "
        "of the same week; "
        "who has none is told by a notice.",
    ),
)
