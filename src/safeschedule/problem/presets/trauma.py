"""A service in which trauma processing is the main work."""

from __future__ import annotations

from safeschedule.problem.presets.preset import Choice, Preset

TRAUMA = Preset(
    "trauma",
    "1",
    "A trauma service, in which processing is the main work",
    (
        Choice(
            "recovery_buffer",
            "minutes",
            30,
            "Where processing follows processing for months, a quarter of an hour is a pause and no recovery "
            "(TC asks for a buffer; the figure is an assumption).",
        ),
        Choice(
            "daily_intensity",
            "most",
            3,
            "With half an hour of recovery each, a fourth would fill the day with nothing else "
            "(TC asks for a limit; the figure is an assumption).",
        ),
        Choice(
            "session_limits",
            "day",
            5,
            "Sessions of 90 minutes with recovery leave no room for six (assumption).",
        ),
        Choice("session_limits", "week", 20, "Four a day on average, of which few are light (assumption)."),
        Choice(
            "caseload_cap",
            "points",
            {"default": 50},
            "A client in active processing takes more than the band says; so caseloads are smaller "
            "(IG: high-risk work needs smaller caseloads; the figure is an assumption).",
        ),
        Choice(
            "supervision",
            "share",
            "0.3",
            "Exposure is high at a lower share of high-acuity clients already (CD; the figure is "
            "an assumption).",
        ),
        Choice(
            "supervision",
            "high_minutes",
            60,
            "One-to-one time for the work itself, beside what somebody new in post has; with both, two hours "
            "(TC; the figure is an assumption).",
        ),
        Choice(
            "late_intensity",
            "last",
            120,
            "What is opened late goes home with the client and the clinician (TC; the figure is "
            "an assumption).",
        ),
        Choice("late_intensity", "weight", 3, "For the same reason it weighs more here (assumption)."),
        Choice(
            "intensity_pairing",
            "weight",
            5,
            "A lighter session after each heavy one is what keeps such a day bearable (TC; the "
            "figure is an assumption).",
        ),
    ),
)
