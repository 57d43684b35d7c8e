"""The week, where a coordinator is at home: the board, what is not placed, and what is true of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from safeschedule.web.auth.guard import Changer, Decider, Kept, Worker
from safeschedule.web.board import VIEWS, WeekBoard, board_of
from safeschedule.web.board.strip import strip_at
from safeschedule.web.live import acting
from safeschedule.web.live.desks import SharedDesk
from safeschedule.web.live.looking import SeenWeek, look_at
from safeschedule.web.pages.huddle import recent_huddles
from safeschedule.web.pages.rendering import may, page, part
from safeschedule.web.times import now
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks import Actor, all_weeks, deciding
from safeschedule.web.weeks.changing import step_back
from safeschedule.web.weeks.proposals import of_week

router = APIRouter(include_in_schema=False)

View = Annotated[str, Query(max_length=20)]
Why = Annotated[str, Form(max_length=500)]


@router.get("/weeks")
def weeks(actor: Worker, store: Kept) -> Response:
    """Every week."""
    with store.reading() as connection:
        return page("weeks", actor, weeks=all_weeks(connection))


@router.get("/weeks/{code}")
def week(
    actor: Worker, store: Kept, code: str, view: View = "clinicians", day: date | None = None
) -> Response:
    """The board with all around it."""
    look = look_at(store, code)
    return page("week", actor, week=look.week, here="week", **_shown(store, actor, look, view, day))


@router.get("/weeks/{code}/board")
def board(
    actor: Worker, store: Kept, code: str, view: View = "clinicians", day: date | None = None
) -> Response:
    """What of the page changes as the week does."""
    look = look_at(store, code)
    return page("board", actor, week=look.week, here="week", **_shown(store, actor, look, view, day))


@router.get("/weeks/{code}/panel")
def panel(
    actor: Worker, store: Kept, code: str, item: str | None = None, request: str | None = None
) -> Response:
    """What can be done with a session, or with a request that is not placed; with the best five slots."""
    look = look_at(store, code)
    given = None if item is None else acting.session_of(look, item)
    found = acting.slots_for(look, request or "", 5) if item is None else acting.slots_to_move(look, item, 5)
    return page(
        "panel",
        actor,
        week=look.week,
        given=given,
        pinned=given is not None and acting.is_pinned(look.problem, given),
        request=request,
        found=found,
        slot_key=acting.slot_key,
        changes=may(actor, "change"),
    )


@router.post("/weeks/{code}/undo")
def undo(actor: Changer, store: Kept, code: str, version: Annotated[int, Form()]) -> Response:
    """Take the last change back, without a script."""
    look = look_at(store, code, version)
    with store.deciding() as connection:
        step_back(connection, actor, look.week)
    return RedirectResponse(f"/weeks/{code}", 303)


@router.post("/weeks/{code}/propose")
def propose(
    actor: Changer, store: Kept, code: str, version: Annotated[int, Form()], why: Why = ""
) -> Response:
    """Say that a week is ready for a second person."""
    look = look_at(store, code, version)
    with store.deciding() as connection:
        deciding.propose(connection, actor, look.week, why.strip() or "Ready to be looked at")
    return RedirectResponse(f"/weeks/{code}", 303)


@router.post("/weeks/{code}/decide")
def decide(
    actor: Decider,
    store: Kept,
    code: str,
    version: Annotated[int, Form()],
    what: Annotated[str, Form(max_length=20)],
    why: Why = "",
    huddle: Annotated[str, Form(max_length=12)] = "",
) -> Response:
    """Approve, publish, or give back."""
    look = look_at(store, code, version)
    said = why.strip() or _SAID.get(what, "")
    with store.deciding() as connection:
        if what == "return":
            deciding.return_(connection, actor, look.week, said)
        elif what == "approve":
            excused = deciding.overrides(store, connection)
            deciding.approve(connection, actor, look.week, said, excused)
        elif what == "publish":
            excused = deciding.overrides(store, connection)
            held = int(huddle) if huddle.isdigit() else None
            deciding.publish(connection, actor, look.week, said, excused, held)
        else:
            raise RefusalError(422, "what", "A week is approved, published or returned.")
    return RedirectResponse(f"/weeks/{code}", 303)


def _board(desk: SharedDesk, view: str, day: date | None) -> tuple[WeekBoard, Markup]:
    made = board_of(desk.problem, desk.schedule, desk.verification, view, day)
    return made, part("grid_rows", board=made)


_SAID = {"approve": "Looked at, and right", "publish": "Given out", "return": "To be worked on again"}


def _shown(store: Kept, actor: Actor, look: SeenWeek, view: str, day: date | None) -> dict[str, Any]:
    desk = look.desk()
    view = view if view in VIEWS else "clinicians"
    if view != "day" or day is None or not 0 <= (day - look.problem.week_start).days < 7:
        day = None  # it says nothing then, and would only make more of the same
    # What everybody sees alike is made once of each version.
    made, rows = desk.once(("board", view, day), partial(_board, desk, view, day))
    with store.reading() as connection:
        proposals = of_week(connection, look.week.code)
    return {
        "board": made,
        "rows": rows,
        "strip": strip_at(desk),
        "account": desk.verification,
        "grid": look.problem.session_grid,
        "changes": may(actor, "change"),
        "decides": may(actor, "decide"),
        "proposals": [p for p in proposals if p.version == look.week.version],
        "huddles": recent_huddles(store, now().date()) if look.week.state == "approved" else [],
        "rulebook": f"{look.problem.rulebook.name} {look.problem.rulebook.version}",
    }
