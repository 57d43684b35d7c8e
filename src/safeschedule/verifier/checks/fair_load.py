"""Check of the rule ``fair_load``: exposure and new clients are spread evenly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from safeschedule.problem import Clinician, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.caseload import at_fte
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician whose exposure or new clients lie above a limit."""
    high = dict.fromkeys(week.clinicians, 0)
    for session in week.sessions:
        for code in session.clinicians if session.high else ():
            high[code] += session.minutes
    lightest = _lightest(week)
    for code, clinician in week.clinicians.items():
        minutes = _above(high[code], 0, 0, setting.whole("step"), clinician)
        own = week.caseload.points(week.caseload.own(code))
        added = week.caseload.points(week.caseload.new(code))
        points = _above(own + added, own, lightest, 100 * setting.whole("points"), clinician)
        worth = setting.whole("minutes_per_point")
        if amount := -(-(100 * minutes + worth * points) // 1500):
            exposure = wording.count(high[code], "minute")
            sentence = (
                f"{code} has {exposure} of high-intensity sessions and new clients of "
                f"{wording.points(added)} points in the week; each further step counts for more."
            )
            found = f"{exposure}, {wording.points(added)} points"
            yield report(setting, [code], None, found, "as even as can be", sentence, amount)


def _lightest(week: Week) -> int:
    """Return the least caseload at full time in hundredths of a point, rounded down."""
    loads = (
        Fraction(week.caseload.points(week.caseload.own(person.id))) / Fraction(person.fte)
        for person in week.problem.clinicians
    )
    return floor(min(loads, default=Fraction(0)))


def _above(load: int, least: int, base: int, step: int, clinician: Clinician) -> int:
    """Return what of a load lies above each limit, and above `least`, summed over the limits."""
    total, number = 0, 1
    while (limit := ceil(at_fte(base + number * step, clinician))) < load:
        total += load - max(limit, least)
        number += 1
    return total
