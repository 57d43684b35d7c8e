"""Twenty sets of assumptions, drawn once for all: what a capacity promises of them is to be planned."""

from __future__ import annotations

import random

from safeschedule.caseload.capacity import CapacityAssumptions


def drawn(seed: int) -> tuple[CapacityAssumptions, list[float]]:
    """Give assumptions, and the FTE of each clinician of a team of three to seven."""
    draw = random.Random(seed)
    high = draw.choice([0.1, 0.2, 0.3])
    minutes = draw.choice([45, 60, 60, 75, 90])
    given = CapacityAssumptions(
        sessions_a_day=draw.choice([4, 5, 6]),
        session_minutes=minutes,
        documentation_minutes=draw.choice([8, 12, 15, 20]),
        hours_per_fte=draw.choice([35, 37.5, 40]),
        days=draw.choice([4, 5, 5]),
        high_acuity_share=high,
        trauma_share=draw.choice([0, 0.05, 0.1]),
        coordination_share=draw.choice([0, 0.12, 0.25]),
        intakes_a_week=draw.choice([0, 1, 2]),
        intake_minutes=draw.choice([minutes, 75, 90]),
        weeks_between_sessions=draw.choice([1, 1, 1, 1.5]),
        meeting_minutes=draw.choice([0, 60, 90]),
    )
    people = draw.randint(3, 7)
    return given, [1.0, *(draw.choice([1.0, 1.0, 0.8, 0.6]) for _ in range(people - 1))]
