"""Sheets to print: a clinician's week, a date, a room's week, the wall; each with its version and time."""

from __future__ import annotations

from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule.web.auth.guard import Kept, Worker
from safeschedule.web.board import board_of
from safeschedule.web.live.looking import SeenWeek, look_at
from safeschedule.web.pages.agenda import Stop, agenda_of, agenda_of_room
from safeschedule.web.pages.rendering import page
from safeschedule.web.storage import ledger_head
from safeschedule.web.times import now
from safeschedule.web.told import not_found

router = APIRouter(include_in_schema=False)

SHEETS = ("clinician", "day", "room", "wall")
Part = tuple[str, list[tuple[date, list[Stop]]]]


@router.get("/weeks/{code}/sheet/{kind}")
def sheet(
    actor: Worker, store: Kept, code: str, kind: str, who: str = "", day: date | None = None
) -> Response:
    """One sheet to print, or all of a kind, each on a page of its own."""
    if kind not in SHEETS:
        raise not_found("sheet")
    look = look_at(store, code)
    with store.reading() as connection:
        head = ledger_head(connection)
    board = None
    if kind == "wall":
        board = board_of(look.problem, look.schedule, look.desk().verification)
    return page(
        "sheet",
        actor,
        week=look.week,
        here="out",
        kind=kind,
        parts=_parts(look, kind, who, day),
        board=board,
        head=head,
        printed=now(),
        grid=look.problem.session_grid,
        compliant=look.desk().verification.compliant,
    )


def _parts(look: SeenWeek, kind: str, who: str, day: date | None) -> list[Part]:
    problem, schedule = look.problem, look.schedule
    days = [problem.week_start + timedelta(days=number) for number in range(7)]
    people = [person.id for person in problem.clinicians]
    if kind == "day":
        chosen = [each for each in days if day in (None, each)]
        found = [
            (f"{each:%A %-d %B}", [(each, _sessions([agenda_of(schedule, p, each) for p in people]))])
            for each in chosen
        ]
    elif kind == "room":
        rooms = [room.id for room in problem.rooms if who in ("", room.id)]
        found = [(room, [(each, agenda_of_room(schedule, room, each)) for each in days]) for room in rooms]
    elif kind == "clinician":
        chosen_people = [code for code in people if who in ("", code)]
        found = [(code, [(each, agenda_of(schedule, code, each)) for each in days]) for code in chosen_people]
    else:
        return []
    return [(title, [(each, stops) for each, stops in own if stops]) for title, own in found]


def _sessions(agendas: list[list[Stop]]) -> list[Stop]:
    stops = [stop for agenda in agendas for stop in agenda if stop.session]
    return sorted(stops, key=lambda stop: (stop.begins, stop.who))
