"""A clinic in which trainees learn."""

from __future__ import annotations

from safeschedule.problem.presets.preset import Choice, Preset

TRAINING = Preset(
    "training",
    "2",
    "A training clinic, in which most are new and few supervise",
    (
        Choice(
            "consultation",
            "minutes",
            90,
            "Group supervision of an hour and a half a week is what trainees are accredited with "
            "(CACREP 2016, section 3).",
        ),
        Choice("consultation", "most", 4, "In a small group everybody brings a case (assumption)."),
        Choice(
            "documentation",
            "minutes",
            45,
            "Whoever learns to write notes takes longer, and has them signed (assumption).",
        ),
        Choice("documentation", "intake", 30, "The same for a first assessment (assumption)."),
        Choice(
            "session_limits",
            "day",
            5,
            "Between sessions there has to be time to look at them (TC: more supervision for new clinicians; "
            "the figure is an assumption).",
        ),
        Choice("session_limits", "week", 18, "Less than half of the week with clients (assumption)."),
        Choice("daily_intensity", "most", 2, "Few heavy sessions, while they are new (assumption)."),
        Choice(
            "rolling_exposure",
            "minutes",
            600,
            "Two of an hour a day, over five days (assumption, of one piece with the limit of a day).",
        ),
        Choice(
            "high_intensity_run",
            "most",
            1,
            "After a heavy session comes something else first (TC; the figure is an assumption).",
        ),
        Choice(
            "caseload_cap",
            "points",
            {"default": 40},
            "Two thirds of an experienced colleague's (assumption).",
        ),
        Choice(
            "high_acuity_cap",
            "clients",
            {"default": 6},
            "High acuity goes to trainees one by one (CD: weighted by risk; the figure is an assumption).",
        ),
    ),
    (
        "Trainees are `new_in_post`: they have their hour of supervision (the catalogue's "
        "`new_minutes`), and hold no urgent "
        "slot. Whoever of them has a high-acuity caseload has `high_minutes` besides, and not instead.",
    ),
)
