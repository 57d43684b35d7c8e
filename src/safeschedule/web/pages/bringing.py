"""Papers on their way to a week: what was given on the left, how it was understood on the right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from safeschedule import InputError
from safeschedule.exchange.workbook.edits import CellEdit, Mend
from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.incoming import kept, telling
from safeschedule.web.incoming.building import Built, built, whose
from safeschedule.web.incoming.files import Incoming
from safeschedule.web.incoming.papers import CALENDAR, ROWS, TABLE, WORKBOOK, Bringing
from safeschedule.web.incoming.sorting import sorted_out
from safeschedule.web.pages.rendering import page
from safeschedule.web.pages.typed_rows import SHEETS, remembered_rows
from safeschedule.web.settings import LARGEST_UPLOAD
from safeschedule.web.told import RefusalError, sentences
from safeschedule.web.weeks.changing import begin

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=200)]

WEEK_FIELDS = ("Name", "Week start", "Time zone", "Grid", "Dates are written", "Hours from 1 to 6")
"""What the page asks of a week, by the names that the sheet Week has for it."""

_USUALLY = {
    "Name": "team",
    "Time zone": "UTC",
    "Grid": "5",
    "Dates are written": "day/month/year",
    "Hours from 1 to 6": "afternoon",
}
_MOST_EDITS = 2000
_TEXTS = ("sheet", "heading", "found", "put")


@router.post("/bring-in/papers")
def drop(actor: Changer, store: Kept, papers: Annotated[list[UploadFile], File()]) -> Response:
    """Begin with the files that were dropped."""
    found, told = _sorted(papers)
    if not found:
        told = told or ["Choose at least one file."]
        return page(
            "bring_in", actor, here="bring_in", weeks=[], what="Papers", faults=told, mine=[], status=422
        )
    ours = any(each.kind == WORKBOOK for each in found)
    with store.writing() as connection:
        week = {} if ours else _week_to_begin(kept.recall(connection, "week"))
        code = kept.begin_bringing(connection, actor.code, week)
        edits = [CellEdit(**each) for each in kept.recall(connection, "edits") or ()]
        kept.keep_settings(connection, code, week, edits)
        for each in found:
            kept.add_paper(connection, code, each.kind, each.name, each.body, each.data)
        for title, rows in () if ours else remembered_rows(connection):
            body = {"target": title, "rows": rows}
            kept.add_paper(connection, code, ROWS, f"{title}, as last time", body)
    return _shown(actor, store, code, told=told) if told else RedirectResponse(f"/bring-in/{code}", 303)


@router.get("/bring-in/{bringing}")
def look(actor: Changer, store: Kept, bringing: str) -> Response:
    """The papers, and how they were understood."""
    return _shown(actor, store, bringing)


@router.post("/bring-in/{bringing}/papers")
def add(actor: Changer, store: Kept, bringing: str, papers: Annotated[list[UploadFile], File()]) -> Response:
    """Add more papers."""
    found, told = _sorted(papers)
    with store.writing() as connection:
        kept.find_bringing(connection, bringing, actor.code)
        for each in found:
            kept.add_paper(connection, bringing, each.kind, each.name, each.body, each.data)
    if told or not found:
        return _shown(actor, store, bringing, told=told or ["Choose at least one file."], status=422)
    return RedirectResponse(f"/bring-in/{bringing}", 303)


@router.post("/bring-in/{bringing}/papers/{number}/out")
def take_out(actor: Changer, store: Kept, bringing: str, number: int) -> Response:
    """Take a paper out again."""
    with store.writing() as connection:
        kept.find_bringing(connection, bringing, actor.code)
        kept.remove_paper(connection, bringing, number)
    return RedirectResponse(f"/bring-in/{bringing}", 303)


@router.post("/bring-in/{bringing}/papers/{number}/who")
def assign(actor: Changer, store: Kept, bringing: str, number: int, who: Text = "") -> Response:
    """Say whose a calendar is."""
    with store.writing() as connection:
        paper = kept.find_bringing(connection, bringing, actor.code).paper(number)
        if paper is not None and paper.kind == CALENDAR:
            kept.change_paper(connection, bringing, number, dict(paper.body) | {"who": who.strip()})
    return RedirectResponse(f"/bring-in/{bringing}#calendars", 303)


@router.post("/bring-in/{bringing}/week")
async def set_week(request: Request, actor: Changer, store: Kept, bringing: str) -> Response:
    """Say what the papers do not say of the week."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form()
    said = {name: str(form.get(name, ""))[:80].strip() for name in WEEK_FIELDS}

    def keep() -> None:
        with store.writing() as connection:
            found = kept.find_bringing(connection, bringing, actor.code)
            kept.keep_settings(connection, bringing, said, found.edits)
            kept.remember(connection, "week", said, actor.code)

    await run_in_threadpool(keep)
    return RedirectResponse(f"/bring-in/{bringing}", 303)


@router.post("/bring-in/{bringing}/mends")
def mend(
    actor: Changer,
    store: Kept,
    bringing: str,
    edits: Annotated[str, Form(max_length=200_000)],
    put: Annotated[str | None, Form(max_length=1000)] = None,
) -> Response:
    """Let cells say something else: what was offered, or what somebody types."""
    given = _edits(edits)
    if put is not None:
        given = [replace(each, put=put.strip()) for each in given]
    with store.writing() as connection:
        found = kept.find_bringing(connection, bringing, actor.code)
        made = [*(each for each in found.edits if each not in given), *given]
        if len(made) > _MOST_EDITS:
            raise RefusalError(413, "too_large", "Mend that much in the papers themselves.")
        kept.keep_settings(connection, bringing, found.week, made)
    return RedirectResponse(f"/bring-in/{bringing}#understood", 303)


@router.post("/bring-in/{bringing}/mends/take-back")
def take_back(
    actor: Changer, store: Kept, bringing: str, edits: Annotated[str, Form(max_length=10_000)]
) -> Response:
    """Let cells say again what the papers say."""
    gone = _edits(edits)
    with store.writing() as connection:
        found = kept.find_bringing(connection, bringing, actor.code)
        left = [each for each in found.edits if replace(each, row=0) not in gone]
        kept.keep_settings(connection, bringing, found.week, left)
    return RedirectResponse(f"/bring-in/{bringing}#mended", 303)


@router.post("/bring-in/{bringing}/away")
def throw_away(actor: Changer, store: Kept, bringing: str) -> Response:
    """Throw the papers away."""
    with store.writing() as connection:
        kept.find_bringing(connection, bringing, actor.code)
        kept.throw_away(connection, bringing)
    return RedirectResponse("/bring-in", 303)


@router.post("/bring-in/{bringing}/finish")
def finish(actor: Changer, store: Kept, bringing: str) -> Response:
    """Make the week; the papers are gone then, and how they were understood is remembered."""
    with store.reading() as connection:
        found = kept.find_bringing(connection, bringing, actor.code)
    made = built(found)
    if made.problem is None or any(not paper.understood for paper in found.papers):
        detail = "Something is open: look over what waits, and mend what is wrong."
        return _shown(actor, store, bringing, told=[detail], status=422)
    with store.deciding() as connection:
        week = begin(connection, actor, made.problem, None, _why(found, made))
        words = [asdict(each) for each in found.edits if not each.row]
        kept.remember(connection, "edits", words, actor.code)
        kept.throw_away(connection, bringing)
    return RedirectResponse(f"/weeks/{week.code}", 303)


def _why(found: Bringing, made: Built) -> str:
    counts = [
        (len(found.of(TABLE)), "table"),
        (len(found.of(CALENDAR)), "calendar"),
        (len(found.edits), "mended cell"),
        (len(made.reading.notes), "cell read otherwise than written"),
    ]
    told = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
    told = [each.replace("otherwise than writtens", "otherwise than written") for each in told]
    return f"Brought in from papers: {', '.join(told) or 'a workbook'}"


def _sorted(given: Sequence[UploadFile]) -> tuple[list[Any], list[str]]:
    """Return the papers in files, and what is wrong with files, in sentences."""
    found: list[Any] = []
    told: list[str] = []
    for file in given:
        data = file.file.read(LARGEST_UPLOAD + 1)
        if len(data) > LARGEST_UPLOAD:
            raise RefusalError(413, "too_large", f"A file may have {LARGEST_UPLOAD // 2**20} MB.")
        incoming = Incoming(file.filename or "", data)
        if incoming.empty:
            continue
        try:
            papers, aside = sorted_out(incoming)
        except InputError as error:
            told += [f"{error.what}: {line}" for line in sentences(error)]
        else:
            found += papers
            told += aside
    return found, told


def _week_to_begin(last: Any) -> dict[str, str]:
    """Return what is proposed for a week: as last time, a week later."""
    week = dict(_USUALLY)
    if isinstance(last, dict):
        week |= {name: str(last.get(name, "")) for name in WEEK_FIELDS}
        try:
            week["Week start"] = str(date.fromisoformat(week["Week start"]) + timedelta(days=7))
        except ValueError:
            week["Week start"] = ""
    return week


def _edits(text: str) -> list[CellEdit]:
    try:
        return [
            CellEdit(**{name: str(each[name])[:1000] for name in _TEXTS}, row=int(each["row"]))
            for each in json.loads(text)
        ]
    except (ValueError, TypeError, KeyError):
        raise RefusalError(422, "edits", "That is no edit of cells.") from None


def _json(mend: Mend | Sequence[CellEdit]) -> str:
    edits = mend.edits if isinstance(mend, Mend) else mend
    return json.dumps([asdict(each) for each in edits], ensure_ascii=False)


def _shown(
    actor: Changer, store: Kept, code: str, *, told: Sequence[str] = (), status: int = 200
) -> Response:
    with store.reading() as connection:
        found = kept.find_bringing(connection, code, actor.code)
    made, unread = None, list[str]()
    try:
        made = built(found)
    except InputError as error:
        unread = list(sentences(error))
    codes = {} if made is None else made.codes
    waiting = [paper for paper in found.papers if not paper.understood]
    ours = bool(found.of(WORKBOOK))
    return page(
        "bringing",
        actor,
        here="bring_in",
        status=status,
        bringing=found,
        made=made,
        unread=unread,
        told=told,
        ours=ours,
        week_fields=WEEK_FIELDS,
        waiting=waiting,
        tables=found.of(TABLE),
        rows=found.of(ROWS),
        workbooks=found.of(WORKBOOK),
        calendars=[(p, p.body.get("who") or whose(p, codes)) for p in found.of(CALENDAR)],
        team=sorted(codes.get("Team", ())),
        sheets=SHEETS,
        kinds=[] if made is None else telling.kinds_of_faults(made.reading.faults),
        odd=[] if made is None else telling.contradictions(made.reading, made.more),
        read={} if made is None else telling.readings(made.reading.notes),
        mended=telling.edits_together(found.edits),
        as_json=_json,
        ready=made is not None and made.problem is not None and not waiting,
    )
