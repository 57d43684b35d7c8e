"""Notices of high-intensity work that lies on few of those who could share it."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.verifier import wording
from safeschedule.verifier.caseload import per_fte
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.week import Week

_TIMES = 2
"""So many times the mean of the others is uneven; an assumption."""

_MINUTES = 120
"""Less than so much above the mean of the others, at full time, is told of nobody; an assumption."""


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield each clinician with far more high-intensity time than the others of the role.

    Time is the week's, in minutes at full time, rounded up. The others are those of the same role who have
    working time free of leave in the week. Told is who has at least `_TIMES` their mean, and at least
    `_MINUTES` more than it.
    """
    minutes = _minutes(week)
    for code, found in minutes.items():
        role = week.clinicians[code].role
        others = [m for other, m in minutes.items() if other != code and week.clinicians[other].role == role]
        # The mean is compared in whole numbers.
        total, count = sum(others), len(others)
        if count and found * count >= _TIMES * total and found * count >= total + _MINUTES * count:
            mean = round(total / count)
            yield WeekNotice(
                "uneven_exposure",
                False,
                f"{code} has {wording.count(found, 'minute')} of high-intensity sessions at full time this "
                f"week; {wording.count(count, 'other')} of the role {wording.words(role)} "
                f"{'has' if count == 1 else 'have'} {mean} on average.",
                (code,),
                numbers={"minutes": found, "mean_of_others": mean, "others": count},
            )


def _minutes(week: Week) -> dict[str, int]:
    high = {code: 0 for code, hours in week.hours.items() if hours.works()}
    for session in week.sessions:
        for code in session.clinicians if session.high else ():
            if code in high:
                high[code] += session.minutes
    return {code: per_fte(minutes, week.clinicians[code]) for code, minutes in high.items()}
