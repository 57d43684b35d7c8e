"""The figures of simulated weeks and of a replication, declared as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class WeekFigure:
    """A count of one week.

    Parameters
    ----------
    name, about
        A column of the frame of weeks, and what it counts.
    whole
        Whether it counts in whole numbers.
    """

    name: str
    about: str
    whole: bool = True


@dataclass(frozen=True)
class RunFigure:
    """A figure of a replication: over its weeks after the warm-up, the sum of one count by that of another.

    Parameters
    ----------
    name, unit, about
        What it is.
    over
        The count above the line.
    by
        The count below it; empty: weeks.
    """

    name: str
    unit: str
    about: str
    over: str
    by: str = ""


_WEEK = (
    WeekFigure("week", "The number of the week, from 1; weeks of the warm-up are there, too."),
    WeekFigure("referred", "Clients who are on the waitlist since this week."),
    WeekFigure("discharged", "Clients who have left since the week before."),
    WeekFigure("taken", "Clients who had their first session."),
    WeekFigure("waited_days", "Days that these had waited, all together."),
    WeekFigure("waiting", "Clients who wait at the week's end."),
    WeekFigure("oldest_days", "For how many days the oldest of these has waited."),
    WeekFigure("clients", "Clients of all caseloads as the week begins."),
    WeekFigure("asked", "Sessions asked for."),
    WeekFigure("left_out", "Sessions of these that the plan leaves out."),
    WeekFigure("visits", "Appointments of clients."),
    WeekFigure("attended", "Appointments to which the client came."),
    WeekFigure("no_shows", "Appointments to which the client did not come, without a word."),
    WeekFigure("points_over", "Points over the caps of caseloads, by the base's rules.", whole=False),
    WeekFigure("high_minutes", "Minutes of clinicians in planned high-intensity sessions."),
    WeekFigure("fte", "Full-time equivalents of the team.", whole=False),
    WeekFigure("runs_over", "High-intensity sessions beyond the longest run that the base's rules allow."),
    WeekFigure("day_over", "High-intensity sessions beyond a day's most by the base's rules."),
    WeekFigure("rolling_over", "High-intensity minutes beyond those of any five days by the base's rules."),
    WeekFigure("recovery_short", "Minutes of recovery that the base's rules ask for and the plan lacks."),
    WeekFigure("documentation_short", "Minutes of protected documentation that the plan lacks, likewise."),
    WeekFigure("crises", "Crises of clients."),
    WeekFigure("unreserved", "Crises for which no urgent slot was left."),
    WeekFigure("untimed", "Crises for which nobody had time inside the hours."),
    WeekFigure("days_worked", "Working days of clinicians, sickness and leave aside."),
    WeekFigure("days_sick", "Working days on which somebody was sick."),
    WeekFigure("minutes_outside", "Minutes worked outside the hours."),
    WeekFigure("notes_outside", "Minutes of notes among them."),
    WeekFigure("leave_refused", "Leaves that were put off, since no week could be planned with them."),
)

WEEK_FIGURES: Mapping[str, WeekFigure] = MappingProxyType({own.name: own for own in _WEEK})
"""The counts of a week, by name."""

RULES: Mapping[str, str] = MappingProxyType(
    {
        "runs_over": "high_intensity_run",
        "day_over": "daily_intensity",
        "rolling_over": "rolling_exposure",
        "recovery_short": "recovery_buffer",
        "documentation_short": "documentation",
    }
)
"""Counts that are how far a plan is from a rule of the base, in the rule's own unit."""

_RUN = (
    RunFigure("wait", "days", "Mean wait from referral to the first session.", "waited_days", "taken"),
    RunFigure("waiting", "clients", "Clients who wait at a week's end.", "waiting"),
    RunFigure("oldest_wait", "days", "The longest wait on the list at a week's end.", "oldest_days"),
    RunFigure("taken", "clients a week", "Clients who have their first session.", "taken"),
    RunFigure("clients", "clients", "Clients of all caseloads.", "clients"),
    RunFigure("sessions", "sessions a week", "Appointments to which the client comes.", "attended"),
    RunFigure("unplaced", "share", "Sessions asked for that the plan leaves out.", "left_out", "asked"),
    RunFigure("no_show", "share", "Appointments to which the client does not come.", "no_shows", "visits"),
    RunFigure("points_over", "points a week", "Points over the caps of caseloads.", "points_over"),
    RunFigure(
        "high_minutes", "minutes a week and FTE", "Planned high-intensity minutes.", "high_minutes", "fte"
    ),
    RunFigure("runs_over", "sessions a week", "Beyond the longest run of high intensity.", "runs_over"),
    RunFigure("day_over", "sessions a week", "Beyond a day's most of high intensity.", "day_over"),
    RunFigure("rolling_over", "minutes a week", "Beyond the rolling limit of exposure.", "rolling_over"),
    RunFigure("recovery_short", "minutes a week", "Recovery that plans lack.", "recovery_short"),
    RunFigure(
        "documentation_short",
        "minutes a week",
        "Protected documentation that plans lack.",
        "documentation_short",
    ),
    RunFigure("notes_outside", "minutes a day", "Notes outside the hours.", "notes_outside", "days_worked"),
    RunFigure("outside", "minutes a day", "Work outside the hours.", "minutes_outside", "days_worked"),
    RunFigure("unreserved", "share", "Crises without an urgent slot.", "unreserved", "crises"),
    RunFigure("untimed", "share", "Crises outside the hours.", "untimed", "crises"),
    RunFigure("leave_refused", "leaves a week", "Leaves that were put off.", "leave_refused"),
)

RUN_FIGURES: Mapping[str, RunFigure] = MappingProxyType({own.name: own for own in _RUN})
"""The figures of a replication, by name."""

Row = Mapping[str, int | float]


def run_figures(weeks: Iterable[Row]) -> dict[str, float]:
    """Return the figures of weeks; what has nothing below the line is left out."""
    rows = list(weeks)
    found = {}
    for own in RUN_FIGURES.values():
        below = sum(row[own.by] for row in rows) if own.by else len(rows)
        if below:
            found[own.name] = sum(row[own.over] for row in rows) / below
    return found
