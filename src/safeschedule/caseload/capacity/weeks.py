"""What each clinician of a team can hold in a week, and what sets the limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf

from safeschedule.caseload.capacity.demands import Demands
from safeschedule.caseload.capacity.packing import Packed, most_in_time
from safeschedule.caseload.capacity.timetable import DayTimetable

FILLED = 0.94
"""Part of the sessions which the days hold, each by itself, that a planned week holds.

What has to lie with others at one time, and supervision that one gives to another, never leave all days as
they were. Measured on planned weeks, and held against teams by which it was not tuned: see decision 0057.
"""


@dataclass(frozen=True)
class ClinicianWeek:
    """A week of one clinician.

    Parameters
    ----------
    fte, days
        Full-time equivalents, and dates worked.
    slots
        Urgent slots held.
    intakes, clients
        How many of the sessions are intakes, and how many clients the caseload has.
    packed
        The sessions by day.
    limits
        What each limit allows by itself, in sessions; ``time`` is the part of it that can be planned.
    """

    fte: float
    days: int
    slots: int
    intakes: int
    clients: int
    packed: Packed
    limits: dict[str, float]

    @property
    def sessions(self) -> float:
        """What is sustainable."""
        return min(self.packed.total, *self.limits.values())

    @property
    def binding(self) -> str:
        """The limit that is reached first."""
        return min(self.limits, key=lambda name: self.limits[name])


def team_weeks(demands: Demands, ftes: Sequence[float]) -> list[ClinicianWeek]:
    """Return the weeks of a team; those who supervise come first.

    Urgent slots go round, to those with most days first.
    """
    days = [max(1, round(demands.given.days * fte)) for fte in ftes]
    slots = [0] * len(ftes)
    for _ in range(demands.given.days * demands.slots(len(ftes))):
        holder = min(range(len(ftes)), key=lambda number: (slots[number] / days[number], -number))
        slots[holder] += 1
    leads = demands.supervisors(len(ftes))
    found: dict[tuple[float, int, int], ClinicianWeek] = {}
    timetable = DayTimetable(demands)
    weeks = []
    for number, fte in enumerate(ftes):
        supervises = len(range(number, len(ftes), leads)) - 1 if number < leads else 0
        key = (fte, slots[number], supervises if demands.high_caseload else 0)
        if key not in found:
            found[key] = _week(timetable, fte, days[number], slots[number], key[2])
        weeks.append(found[key])
    return weeks


def largest_caseload(demands: Demands, fte: float) -> dict[str, float]:
    """Return how many clients the caps allow, by rule."""
    found = {}
    points, high = demands.rule("caseload_cap"), demands.rule("high_acuity_cap")
    share = float(demands.given.high_acuity_share)
    if points:
        found["caseload_cap"] = float(points.by_role("points", "default")) * fte / demands.points()
    if high and share:
        found["high_acuity_cap"] = floor(float(high.by_role("clients", "default")) * fte) / share
    return found


def _week(timetable: DayTimetable, fte: float, days: int, slots: int, supervises: int) -> ClinicianWeek:
    demands = timetable.demands
    given = demands.given
    intakes = round(given.intakes_a_week * fte)
    caps = largest_caseload(demands, fte)
    limits: dict[str, float] = {rule: most - slots for rule, most in demands.limits(days, fte)}
    limits |= {rule: floor(most / given.weeks_between_sessions) + intakes for rule, most in caps.items()}
    intense, share = demands.intense(days), float(given.high_acuity_share)
    if intense is not None and share:
        limits["daily_intensity"] = floor(max(0, intense - slots) / share)
    daily = demands.rule("session_limits")
    most_daily = daily.whole("day") if daily else _longest_day(demands)
    most = int(min([*limits.values(), days * min(most_daily, _longest_day(demands))]))
    clients = 0
    packed = Packed((), ())
    # Coordination grows with the caseload, and the caseload with the sessions.
    for _ in range(5):
        clients = floor(min([*caps.values(), inf, (most - intakes) * given.weeks_between_sessions]))
        blocks = demands.blocks(max(0, clients), supervises)
        packed = most_in_time(
            timetable, days, blocks, slots=slots, intakes=intakes, most=most, daily=most_daily
        )
        if packed.total == most:
            break
        most = packed.total
    alone = _longest_day(demands)
    blocks = demands.blocks(max(0, clients), supervises)
    time = most_in_time(timetable, days, blocks, slots=slots, intakes=intakes, most=days * alone, daily=alone)
    # Under the limits of a day, the days may hold less than by time alone.
    held = time.total if packed.total == most and most < time.total else packed.total
    limits = {"time": FILLED * max(held, packed.total), **limits}
    return ClinicianWeek(fte, days, slots, min(intakes, packed.total), max(0, clients), packed, limits)


def _longest_day(demands: Demands) -> int:
    """Return how many sessions a day holds at most."""
    number = 0
    while demands.day(number + 1) <= demands.rota:
        number += 1
    return number
