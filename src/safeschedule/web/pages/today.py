"""Today, somebody is ill: on a phone, with a call list."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.agenda import Stop, agenda_of
from safeschedule.web.pages.rendering import page
from safeschedule.web.weeks.calls import counted, ticks_of
from safeschedule.web.weeks.proposals import call_lists

router = APIRouter(include_in_schema=False)


@router.get("/weeks/{code}/today")
def today(actor: Changer, store: Kept, code: str, day: date | None = None) -> Response:
    """One date by time, and who is ill."""
    look = look_at(store, code)
    start = look.problem.week_start
    days = [start + timedelta(days=number) for number in range(7)]
    now = datetime.now().date()  # the wall's date, only to choose what is shown first
    shown = day if day in days else now if now in days else days[0]
    stops: list[Stop] = []
    for person in look.problem.clinicians:
        stops += [stop for stop in agenda_of(look.schedule, person.id, shown) if stop.session]
    with store.reading() as connection:
        lists = [
            (each, counted(each, ticks_of(connection, each.code))) for each in call_lists(connection, code)
        ]
    return page(
        "today",
        actor,
        week=look.week,
        here="today",
        days=days,
        shown=shown,
        after=shown + timedelta(days=1),
        stops=sorted(stops, key=lambda stop: (stop.begins, stop.where)),
        clinicians=[person.id for person in look.problem.clinicians],
        lists=lists,
    )
