"""What a simulation assumes of the weeks ahead: every figure once, each with where it comes from.

A, B and C are the sources of `safeschedule.samples.assumptions`; the figures are those of its generator,
so that simulated weeks go on where the generated week begins.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from safeschedule.problem.entity import Entity

Rate = Annotated[float, Field(ge=0, le=1000)]
Part = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(gt=0, le=20)]
Weeks = Annotated[float, Field(gt=0, le=5200)]
Shape = Literal["exponential", "fixed"]


class SimulationAssumptions(Entity):
    """What happens in simulated weeks; shares are fractions of 1.

    Examples
    --------
    >>> from safeschedule import SimulationAssumptions
    >>> SimulationAssumptions(referrals=0.5).treatment_weeks
    28.0
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    referrals: Rate = 1.0
    """Referrals for each FTE and week, a Poisson number (the lower end of 1 to 3; assumption)."""
    treatment_weeks: Weeks = 28.0
    """Mean weeks from the first session to the discharge (by Little's law: 28 clients for each FTE, B, over
    one referral a week)."""
    treatment: Shape = "exponential"
    """How long treatments are spread about their mean; `fixed`: not at all (assumption)."""
    no_shows: Factor = 1.0
    """Factor of the generator's no-shows: 37 % of first and 10 % of following sessions (B), spread over the
    lead time (A)."""
    cancelled_late: Part = 0.03
    """Sessions that the client cancels too late for somebody else (assumption)."""
    cancelled_in_time: Part = 0.02
    """Sessions that the client cancels in time (assumption)."""
    cancelled_by_service: Part = 0.01
    """Sessions that the service cancels, sickness aside (assumption)."""
    crises: tuple[Rate, ...] = (0.004, 0.016, 0.08, 0.24)
    """Crises for each client and week by band, the lowest first; the last counts for all above (so that
    4 % of a generated team's sessions are crisis work, spread as its flag `crisis_risk`; assumption)."""
    crisis_minutes: Annotated[int, Field(ge=5, le=480, strict=True)] = 45
    """How long crisis work takes (assumption: as long as an urgent slot)."""
    sick_share: Annotated[float, Field(ge=0, lt=1)] = 0.04
    """Working days on which somebody is sick (assumption)."""
    sick_days: Annotated[float, Field(ge=1, le=365)] = 3.0
    """Mean working days of a spell of sickness, spread geometrically (assumption)."""
    leave_weeks: Part = 0.02
    """Clinicians away all week (assumption)."""
    leave_days: Part = 0.12
    """Clinicians away for a day of the week (assumption)."""
    band_up: Part = 0.01
    """Clients whose acuity rises by a band in a week (assumption)."""
    band_down: Part = 0.01
    """Clients whose acuity falls by a band in a week (assumption)."""
    note_minutes: tuple[Rate, Rate, Rate] = (8.0, 12.0, 20.0)
    """Least, usual and most minutes for the note of a session (C: 8 to 20, mostly 12)."""
    gaps: Part = 0.5
    """The part of free time between activities, and of sessions that fall out, in which notes are written
    (assumption)."""
