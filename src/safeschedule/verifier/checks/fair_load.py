"""Check of the rule ``fair_load``: exposure is spread evenly."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.caseload import per_fte
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield one finding with the two peaks of the team."""
    exposed, minutes = _peak(_minutes(week))
    burdened, points = _peak(_points(week))
    amount = minutes + setting.whole("minutes_per_point") * points
    if amount:
        sentence = (
            f"The highest high-intensity load is {wording.count(minutes, 'minute')} at full time "
            f"({exposed}), the highest caseload {wording.count(points, 'point')} at full time ({burdened})."
        )
        who = dict.fromkeys((exposed, burdened))
        found = f"{wording.count(minutes, 'minute')}, {wording.count(points, 'point')}"
        yield report(setting, who, None, found, "as low as can be", sentence, amount)


def _peak(loads: dict[str, int]) -> tuple[str, int]:
    return max(loads.items(), key=lambda load: load[1], default=("nobody", 0))


def _minutes(week: Week) -> dict[str, int]:
    high = dict.fromkeys(week.clinicians, 0)
    for session in week.sessions:
        for clinician in session.clinicians if session.high else ():
            high[clinician] += session.minutes
    return {code: per_fte(minutes, week.clinicians[code]) for code, minutes in high.items()}


def _points(week: Week) -> dict[str, int]:
    # Hundredths over FTE, rounded up, then to whole points: the same as rounding up once.
    found = {}
    for code, clinician in week.clinicians.items():
        hundredths = week.caseload.points(week.caseload.own(code)) + week.caseload.points(
            week.caseload.new(code)
        )
        found[code] = -(-per_fte(hundredths, clinician) // 100)
    return found
