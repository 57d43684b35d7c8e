"""Bringing a week in: a workbook, tables, JSON, a calendar; faults are told all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from safeschedule import InputError
from safeschedule.samples import sample
from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.incoming import brought, with_calendar
from safeschedule.web.incoming.files import Incoming
from safeschedule.web.incoming.kept import own_bringings, remove_old
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import page
from safeschedule.web.settings import LARGEST_UPLOAD
from safeschedule.web.told import RefusalError, sentences
from safeschedule.web.weeks import all_weeks
from safeschedule.web.weeks.changing import begin, change

router = APIRouter(include_in_schema=False)


@router.get("/bring-in")
def bring_in_page(actor: Changer, store: Kept) -> Response:
    """Where files are dropped."""
    with store.writing() as connection:
        remove_old(connection)
    return _page(store, actor)


@router.post("/bring-in")
def bring_in(
    actor: Changer,
    store: Kept,
    problem: Annotated[UploadFile, File()],
    rota: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Bring in a week from a file, perhaps with a rota that people keep already."""
    try:
        found = brought(_incoming(problem), _incoming(rota))
    except InputError as error:
        return _page(store, actor, what=error.what, faults=sentences(error), status=422)
    with store.deciding() as connection:
        why = f"Brought in as {found.kind}" + (
            f"; {len(found.notes)} things read otherwise" if found.notes else ""
        )
        week = begin(connection, actor, found.problem, found.schedule, why)
    return page("brought_in", actor, week=week, here="week", found=found)


@router.post("/bring-in/sample")
def bring_in_sample(actor: Changer, store: Kept) -> Response:
    """Bring in the bundled team, to try things on."""
    with store.deciding() as connection:
        week = begin(connection, actor, sample(), None, "The bundled team, to try things on")
    return RedirectResponse(f"/weeks/{week.code}", 303)


@router.post("/bring-in/calendar")
def bring_in_calendar(
    actor: Changer,
    store: Kept,
    code: Annotated[str, Form(max_length=80)],
    who: Annotated[str, Form(max_length=80)],
    calendar: Annotated[UploadFile, File()],
) -> Response:
    """Add meetings and leave of somebody's calendar to a week."""
    look = look_at(store, code)
    try:
        problem, notes = with_calendar(look.problem, _incoming(calendar), who.strip())
    except InputError as error:
        return _page(store, actor, what=error.what, faults=sentences(error), status=422)
    with store.deciding() as connection:
        week = change(
            connection,
            actor,
            look.week,
            "calendar",
            f"The calendar of {who.strip()} was added",
            problem=problem,
        )
    return page("calendar_added", actor, week=week, here="week", notes=notes)


def _page(
    store: Kept,
    actor: Changer,
    *,
    what: str = "",
    faults: Sequence[str] = (),
    status: int = 200,
) -> Response:
    with store.reading() as connection:
        weeks = all_weeks(connection)
        mine = own_bringings(connection, actor.code)
    return page(
        "bring_in", actor, here="bring_in", weeks=weeks, mine=mine, what=what, faults=faults, status=status
    )


def _incoming(file: UploadFile | None) -> Incoming:
    if file is None:
        return Incoming("", b"")
    data = file.file.read(LARGEST_UPLOAD + 1)
    if len(data) > LARGEST_UPLOAD:
        raise RefusalError(413, "too_large", f"A file may have {LARGEST_UPLOAD // 2**20} MB.")
    return Incoming(file.filename or "", data)
