"""Working hours that follow an FTE."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from safeschedule.problem import Clinician, Weekday, WorkingPeriod

Shape = Literal["fewer_days", "shorter_days"]
"""How hours shrink and grow: by days, the week's last first, or each day at its end."""

_OFFICE = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
_LATEST = 22 * 60
"""Nobody's day is made to last longer than until then."""


def at_other_fte(person: Clinician, fte: Decimal, grid: int, shape: Shape) -> Clinician:
    """Return a clinician at another FTE: hours, contract and own limits in proportion."""
    ratio = Fraction(fte) / Fraction(person.fte)
    minutes = int(Fraction(_minutes(person.working)) * ratio)
    changes: dict[str, object] = {
        "fte": fte,
        "working": other_hours(person.working, minutes // grid * grid, grid, shape),
    }
    for name in ("contracted_minutes", "high_acuity_cap", "weekly_sessions", "target_sessions"):
        own = getattr(person, name)
        if own is not None:
            least = 1 if name == "contracted_minutes" else 0
            changes[name] = max(least, int(Fraction(own) * ratio))
    if person.caseload_cap is not None:
        cap = int(Fraction(person.caseload_cap) * ratio * 100)
        changes["caseload_cap"] = Decimal(cap) / 100
    changed: Clinician = person.model_copy(update=changes)
    return changed


def other_hours(
    working: Iterable[WorkingPeriod], minutes: int, grid: int, shape: Shape
) -> tuple[WorkingPeriod, ...]:
    """Return working periods that add up to so many minutes, or to as many as they can be made.

    Parameters
    ----------
    working
        The periods as they are.
    minutes
        What they are to add up to: a multiple of the grid, if they are on it.
    grid
        Minutes by which a period becomes longer or shorter.
    shape
        What gives way, and what is added to.
    """
    periods = sorted(working, key=lambda period: (period.day.number, period.start))
    missing = minutes - _minutes(periods)
    if missing < 0:
        return _shorter(periods, -missing, grid, shape)
    if shape == "fewer_days":
        periods, missing = _more_days(periods, missing)
    return _longer(periods, missing, grid)


def _minutes(working: Iterable[WorkingPeriod]) -> int:
    return sum(period.end - period.start for period in working)


def _shorter(periods: list[WorkingPeriod], excess: int, grid: int, shape: Shape) -> tuple[WorkingPeriod, ...]:
    whole = _minutes(periods)
    kept: list[WorkingPeriod] = []
    for number, period in enumerate(reversed(periods)):
        length = period.end - period.start
        part = excess if shape == "fewer_days" else excess * length // whole // grid * grid
        if shape == "shorter_days" and number == len(periods) - 1:
            part = excess  # the first period has what rounding left
        if shape == "shorter_days":
            whole -= length
        cut = min(length, part)
        excess -= cut
        if length > cut:
            kept.append(period.model_copy(update={"end": period.end - cut}))
    return tuple(reversed(kept))


def _more_days(periods: list[WorkingPeriod], missing: int) -> tuple[list[WorkingPeriod], int]:
    """Add days like the longest one, where there is none yet."""
    by_day: dict[Weekday, list[WorkingPeriod]] = {}
    for period in periods:
        by_day.setdefault(period.day, []).append(period)
    # Over midnight a day's hours belong to two, and no other day is like it.
    within = [own for own in by_day.values() if own[0].start > 0 and own[-1].end < 24 * 60]
    pattern = max(within, key=_minutes, default=[])
    added: list[WorkingPeriod] = []
    for day in (day for day in _OFFICE if day not in by_day):
        for period in pattern:
            length = min(period.end - period.start, missing)
            if length > 0:
                added.append(period.model_copy(update={"day": day, "end": period.start + length}))
                missing -= length
    return sorted([*periods, *added], key=lambda period: (period.day.number, period.start)), missing


def _longer(periods: list[WorkingPeriod], missing: int, grid: int) -> tuple[WorkingPeriod, ...]:
    """Let days end later, all alike, as long as there is room."""
    made = list(periods)
    last = {period.day: number for number, period in enumerate(periods)}
    while missing >= grid:
        grown = False
        for number in last.values():
            period = made[number]
            if missing >= grid and period.end + grid <= max(_LATEST, period.end):
                made[number] = period.model_copy(update={"end": period.end + grid})
                missing -= grid
                grown = True
        if not grown:
            break
    return tuple(made)
