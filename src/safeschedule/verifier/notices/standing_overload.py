"""Notices of caseloads that stand above a cap: the rules judge only who is new."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.verifier import wording
from safeschedule.verifier.caseload import clients_cap, points_cap
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.week import Week


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield each clinician whose own clients exceed the cap of points, or of high-acuity clients.

    Only new clients of the week can break the rules ``caseload_cap`` and ``high_acuity_cap``. A rule that the
    rulebook switches off has no cap.
    """
    for code in week.clinicians:
        yield from _points(week, code)
        yield from _high(week, code)


def _points(week: Week, code: str) -> Iterator[WeekNotice]:
    setting = week.settings["caseload_cap"]
    own = week.caseload.own(code)
    carried, cap = week.caseload.points(own), points_cap(week.clinicians[code], setting)
    if setting.enabled and carried > cap:
        yield WeekNotice(
            "standing_overload",
            True,
            f"{code} carries {wording.points(carried)} points of own clients; the cap is "
            f"{wording.points(cap)}. Give clients to colleagues, or review their bands; no week can mend it.",
            (code,),
            numbers={"points": carried / 100, "cap": cap / 100, "clients": len(own)},
        )


def _high(week: Week, code: str) -> Iterator[WeekNotice]:
    setting = week.settings["high_acuity_cap"]
    high = sorted(week.caseload.high_acuity(week.caseload.own(code)))
    cap = clients_cap(week.clinicians[code], setting)
    if setting.enabled and len(high) > cap:
        yield WeekNotice(
            "standing_high_acuity",
            True,
            f"{code} carries {wording.count(len(high), 'high-acuity client')}; the cap is {cap}. "
            "Give clients to colleagues, or review their bands; no week can mend it.",
            (code,),
            tuple(high),
            numbers={"high_acuity_clients": len(high), "cap": cap},
        )
