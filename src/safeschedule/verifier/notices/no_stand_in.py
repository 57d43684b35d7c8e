"""Notices of urgent requests that nobody may take, because the clinician who should is away."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.stand_ins import Absent, due_for
from safeschedule.verifier.week import Week


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield each urgent request without a session whose clinician is away, and whose cover is not there.

    What is urgent, and who is away, the rule ``continuity`` says.
    """
    setting = week.settings["continuity"]
    for request in week.requests.values() if setting.enabled else ():
        due = due_for(week, request, week.types.get(request.session_type))
        if due is None or request.group is not None or week.served(request.id):
            continue
        absent = Absent(week, setting, request, due)
        if setting.flag("anyone") or absent.cover_can or not absent.urgent or not absent.away:
            continue
        cover = absent.cover
        found = (
            "no cover is named" if cover is None else f"the cover, {cover.id}, cannot at those times either"
        )
        yield WeekNotice(
            "no_stand_in",
            True,
            f"{due.id} is away whenever {request.client} can be seen ({request.id}), and {found}. "
            f"Name {'a' if cover is None else 'another'} cover, or give the request a clinician.",
            (due.id,) if cover is None else (due.id, cover.id),
            (request.client,),
            (request.id,),
        )
