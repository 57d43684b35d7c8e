"""Measures of recorded weeks, and warnings; figures of one person for that person and the supervisor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from safeschedule import (
    Actuals,
    InputError,
    Problem,
    ReviewHeld,
    Statement,
    balanced_measures,
    early_warnings,
)
from safeschedule.caseload.measures import Area
from safeschedule.ledger import append_within
from safeschedule.reports.measures import shown_measures
from safeschedule.web.auth.guard import Changer, Decider, Kept, Own, Worker
from safeschedule.web.incoming.files import Incoming
from safeschedule.web.incoming.recorded import actuals_in
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.settings import LARGEST_UPLOAD
from safeschedule.web.storage import Store
from safeschedule.web.times import now
from safeschedule.web.told import RefusalError, sentences
from safeschedule.web.weeks import Actor, all_weeks, published
from safeschedule.web.weeks.recorded import record, recorded_weeks

router = APIRouter(include_in_schema=False)


@router.get("/weeks/{code}/measures")
def measures(actor: Worker, store: Kept, code: str) -> Response:
    """Measures and warnings of the team."""
    return _page(store, actor, code)


@router.post("/weeks/{code}/measures")
def bring(actor: Changer, store: Kept, code: str, files: Annotated[list[UploadFile], File()]) -> Response:
    """Bring in how weeks went; of a week that is there already the new record counts."""
    found: list[Actuals] = []
    told: list[str] = []
    for file in files:
        data = file.file.read(LARGEST_UPLOAD + 1)
        if len(data) > LARGEST_UPLOAD:
            raise RefusalError(413, "too_large", f"A file may have {LARGEST_UPLOAD // 2**20} MB.")
        try:
            found.append(actuals_in(Incoming(file.filename or "", data)))
        except InputError as error:
            told += [f"{(file.filename or 'a file')[:80]}: {line}" for line in sentences(error)]
    if told or not found:
        return _page(store, actor, code, told=told or ["Choose at least one file."], status=422)
    with store.writing() as connection:
        record(connection, found, actor.code)
    return RedirectResponse(f"/weeks/{code}/measures", 303)


@router.post("/weeks/{code}/measures/review")
def review(
    actor: Decider,
    store: Kept,
    code: str,
    subject: Annotated[str, Form(max_length=80)],
    outcome: Annotated[str, Form(min_length=1, max_length=1000)],
) -> Response:
    """Write down the review that an early warning asks for."""
    try:
        content = ReviewHeld(about="warning", subject=subject, outcome=outcome.strip())
        said = Statement(at=now(), by=actor.signatory(), why=outcome.strip() or "-", content=content)
        with store.deciding() as connection:
            append_within(connection, said)
    except (InputError, ValueError):
        return _page(store, actor, code, told=["A review says what came of it."], status=422)
    return RedirectResponse(f"/weeks/{code}/measures", 303)


@router.get("/mine/measures")
def own(actor: Own, store: Kept, of: str = "") -> Response:
    """Figures of one person: one's own, or those of somebody whom one supervises; nobody else's."""
    with store.reading() as connection:
        past = recorded_weeks(connection)
        given = next(
            (found for week in all_weeks(connection) if (found := published(connection, week.code))), None
        )
    people = [] if given is None else _may_see(given.problem, actor)
    who = of or (actor.clinician or "")
    if of and of not in people:
        raise RefusalError(
            403, "not_allowed", "Figures of one person are for that person and the named supervisor alone."
        )
    shown: list[Any] = []
    if given is not None and past and who in people:
        report = balanced_measures(given.problem, past, person=who, asked_by=actor.clinician)
        shown = _areas(report, None)
    return page(
        "own_measures",
        actor,
        here="mine",
        who=who,
        people=people,
        areas=shown,
        recorded=len(past),
    )


def _may_see(problem: Problem, actor: Actor) -> list[str]:
    """Return whose figures somebody may see: the own, and those of whom one supervises."""
    code = actor.clinician
    if code is None:
        return []
    team = problem.clinicians
    mine = [person.id for person in team if person.id == code]
    return mine + [person.id for person in team if person.supervisor == code and person.id != code]


def _areas(report: Any, warned: Any) -> list[tuple[Area, list[Any]]]:
    shown = shown_measures(report, warned)
    found = [(area, [one for one in shown if one.measure.area is area]) for area in Area]
    return [(area, own_) for area, own_ in found if own_]


def _page(store: Store, actor: Actor, code: str, *, told: Sequence[str] = (), status: int = 200) -> Response:
    look = look_at(store, code)
    with store.reading() as connection:
        past = recorded_weeks(connection)
    report = balanced_measures(look.problem, past) if past else None
    warned = early_warnings(look.problem, past) if past else None
    return page(
        "measures",
        actor,
        status=status,
        week=look.week,
        here="measures",
        told=told,
        recorded=past,
        report=report,
        warned=warned,
        areas=[] if report is None else _areas(report, warned),
        changes=may(actor, "change"),
        decides=may(actor, "decide"),
    )
