"""What a service assumes of its work: the questions of TC, as a file with one figure each."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from safeschedule.problem.entity import CapOrNone, Entity, Minutes, Share, refusal
from safeschedule.problem.presets import PRESETS
from safeschedule.problem.reading.toml_text import read_toml
from safeschedule.problem.taking import usual

MOST_CLINICIANS = 500

Days = Annotated[int, Field(ge=0, le=365, strict=True)]
Number = Annotated[float, Field(ge=0, le=100)]
Extra = Annotated[int, Field(ge=0, le=480, strict=True)]


class CapacityAssumptions(Entity):
    """The assumptions behind a capacity, for one full-time clinician unless said otherwise.

    Parameters
    ----------
    sessions_a_day
        How many are expected; the reverse question is asked of it.
    session_minutes
        On the rota; a multiple of 5.
    documentation_minutes
        To document and prepare one session, in minutes.
    hours_per_fte, days
        Paid hours and working days a week; meal breaks are not paid.
    consultation_minutes, coordination_minutes
        A week. ``None``: what the rulebook asks for.
    meeting_minutes
        Meetings a week.
    high_acuity_share, trauma_share, coordination_share
        Of the clients: in high-acuity bands, in active trauma processing (of all), needing coordination.
    intakes_a_week, intake_minutes
        How many first sessions, and how long.
    weeks_between_sessions
        From one session of a client to the next, on average.
    clinicians
        In the team, which holds urgent slots together.
    leave_days, training_days
        A year, public holidays included.
    sickness, no_show
        Shares: of working days, and of sessions.
    demand_sessions, demand_clients
        Of the whole service: sessions a week, and clients who are to be seen.
    preset
        Whose rulebook holds where no other is given.

    Examples
    --------
    >>> from safeschedule import CapacityAssumptions
    >>> CapacityAssumptions(sessions_a_day=8).session_minutes
    60
    """

    schema_version: Literal["1"] = "1"
    sessions_a_day: int = Field(default=6, ge=1, le=24, strict=True)
    session_minutes: Minutes = 60
    documentation_minutes: Extra = 12
    hours_per_fte: Annotated[float, Field(ge=1, le=60)] = 37.5
    days: int = Field(default=5, ge=1, le=7, strict=True)
    consultation_minutes: Extra | None = None
    coordination_minutes: Extra | None = None
    meeting_minutes: Extra = 60
    high_acuity_share: Share = usual(0.2)
    trauma_share: Share = usual(0.05)
    coordination_share: Share = usual(0.12)
    intakes_a_week: Number = 2
    intake_minutes: Minutes = 75
    weeks_between_sessions: Annotated[float, Field(ge=0.2, le=52)] = 1.5
    clinicians: int = Field(default=8, ge=1, le=MOST_CLINICIANS, strict=True)
    leave_days: Days = 33
    training_days: Days = 5
    sickness: Share = usual(0.05)
    no_show: Share = usual(0.12)
    demand_sessions: CapOrNone = usual(None)
    demand_clients: CapOrNone = usual(None)
    preset: str = "community"

    @model_validator(mode="after")
    def _sense(self) -> CapacityAssumptions:
        if self.preset not in PRESETS:
            raise refusal("unknown_value", f"a preset: {', '.join(PRESETS)}")
        if self.session_minutes % 5 or self.intake_minutes % 5:
            raise refusal("bad_value", "session_minutes and intake_minutes that are multiples of 5")
        if self.trauma_share > self.high_acuity_share:
            raise refusal("contradiction", "a trauma_share of at most the high_acuity_share")
        if self.hours_per_fte > 14 * self.days:
            raise refusal("out_of_range", "at most 14 paid hours a day")
        return self


def read_capacity_assumptions(source: str | Path) -> CapacityAssumptions:
    """Return the assumptions of a TOML file.

    Raises
    ------
    InputError
        The file cannot be read, or has faults; with all of them.

    Examples
    --------
    >>> from safeschedule import example_assumptions, read_capacity_assumptions
    >>> written = (folder / "assumptions.toml").write_text(example_assumptions(), encoding="utf-8")
    >>> read_capacity_assumptions(folder / "assumptions.toml").sessions_a_day
    6
    """
    return read_toml(CapacityAssumptions, source, "capacity assumptions")


def example_assumptions() -> str:
    """Return a file of assumptions to begin with, each with what it means.

    Examples
    --------
    >>> from safeschedule import example_assumptions
    >>> example_assumptions().startswith("# Capacity assumptions")
    True
    """
    return files("safeschedule.caseload.capacity").joinpath("example.toml").read_text(encoding="utf-8")
