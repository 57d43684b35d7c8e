"""What no list has: rows that are typed in on the page, into a sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from safeschedule import InputError
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet
from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.incoming import kept
from safeschedule.web.incoming.building import Built, built
from safeschedule.web.incoming.papers import ROWS, Bringing, Paper
from safeschedule.web.incoming.sorting import sheet_of
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import not_found
from safeschedule.web.weeks import Actor

router = APIRouter(include_in_schema=False)

SHEETS = (
    "Session types", "Rooms and sites", "Travel", "Groups", "Meetings", "Leave", "Hours", "Team", "Clients",
    "Requests", "Waiting list", "Rooms unavailable", "Closures", "Bands",
)  # fmt: skip
"""The sheets into which rows are typed, most often first."""

_USUAL: dict[str, tuple[str, ...]] = {
    "Session types": (
        "Code", "Minutes", "Kind", "Intensity", "Skills", "Room kind", "Trauma processing", "Smallest",
        "Largest", "Facilitators",
    ),
    "Groups": ("Code", "Session type", "Members", "Members ask", "Open", "Facilitators", "When", "Site"),
    "Team": (
        "Code", "Role", "FTE", "Hours", "Skills", "Sites", "Supervisor", "Supervises", "New in post",
        "Caseload cap",
    ),
    "Clients": (
        "Code", "Band", "Clinician", "Flags", "Can come", "Asks for", "Mode", "Every (weeks)", "Usual slot",
    ),
    "Waiting list": ("Code", "Band", "Waiting since", "Flags", "Can come", "Asks for", "Mode"),
    "Requests": (
        "Code", "Client", "Session type", "Sessions", "Priority", "Clinician", "Mode", "Usual slot",
    ),
}  # fmt: skip
"""The columns that are shown first; of sheets that are not here, all."""

REMEMBERED = ("Session types", "Rooms and sites", "Travel", "Bands")
"""The sheets that say the same next week."""

_MOST_ROWS, _SPARE = 120, 6


@router.get("/bring-in/{bringing}/rows/{title}")
def rows_page(actor: Changer, store: Kept, bringing: str, title: str, wide: bool = False) -> Response:
    """The rows that are typed in so far, and empty ones."""
    with store.reading() as connection:
        found = kept.find_bringing(connection, bringing, actor.code)
    sheet = sheet_of(title)
    if sheet is None:
        raise not_found("sheet")
    own = _paper(found, sheet.title)
    rows = [] if own is None else [dict(row) for row in own.body["rows"]]
    rows += [{"Code": code} for code in _missing(found, sheet) if code not in {r.get("Code") for r in rows}]
    return _page(actor, found, sheet, rows, wide=wide)


@router.post("/bring-in/{bringing}/rows/{title}")
async def keep_rows(request: Request, actor: Changer, store: Kept, bringing: str, title: str) -> Response:
    """Keep the rows that say something."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form(max_fields=10_000)
    sheet = sheet_of(title)
    if sheet is None:
        raise not_found("sheet")
    headings = [heading for field in sheet.fields for heading in field.headings]
    rows = []
    for number in range(_MOST_ROWS):
        cells = {each: str(form.get(f"r{number}.{each}", "")).strip()[:1000] for each in headings}
        if any(cells.values()):
            rows.append({heading: text for heading, text in cells.items() if text})
    await run_in_threadpool(_keep, store, actor, bringing, sheet, rows)
    if form.get("more"):
        return RedirectResponse(f"/bring-in/{bringing}/rows/{sheet.title}", 303)
    return RedirectResponse(f"/bring-in/{bringing}", 303)


def remembered_rows(connection: Connection) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the rows that were typed in last time and say the same this week, by sheet."""
    for title in REMEMBERED:
        rows = kept.recall(connection, f"rows\n{title}")
        if rows:
            yield title, rows


def _keep(store: Kept, actor: Actor, code: str, sheet: Sheet, rows: list[dict[str, str]]) -> None:
    with store.writing() as connection:
        own = _paper(kept.find_bringing(connection, code, actor.code), sheet.title)
        body: dict[str, Any] = {"target": sheet.title, "rows": rows}
        if own is None and rows:
            kept.add_paper(connection, code, ROWS, f"{sheet.title}, typed in", body)
        elif own is not None and rows:
            kept.change_paper(connection, code, own.number, body)
        elif own is not None:
            kept.remove_paper(connection, code, own.number)
        if sheet.title in REMEMBERED:
            kept.remember(connection, f"rows\n{sheet.title}", rows, actor.code)


def _paper(found: Bringing, title: str) -> Paper | None:
    return next((each for each in found.of(ROWS) if each.target == title), None)


def _missing(found: Bringing, sheet: Sheet) -> list[str]:
    """Return the codes that other sheets name and this one does not have."""
    if not any(field.name == "id" for field in sheet.fields):
        return []
    made: Built
    try:
        made = built(found)
    except InputError:
        return []
    codes: dict[str, None] = {}
    for each in made.reading.faults:
        field = _field(each.spot.sheet, each.spot.heading)
        if each.fault.code == "unknown_reference" and field is not None and sheet.title in field.refers[:1]:
            codes[each.fault.value.strip('"')] = None
    return list(codes)[:_MOST_ROWS]


def _field(title: str, heading: str) -> Field | None:
    sheet = sheet_of(title)
    fields = () if sheet is None else sheet.fields
    return next((field for field in fields if heading in field.headings), None)


def _page(actor: Actor, found: Bringing, sheet: Sheet, rows: list[dict[str, str]], *, wide: bool) -> Response:
    used = {heading for row in rows for heading in row}
    usual = _USUAL.get(sheet.title)
    columns = [
        (heading, field)
        for field in sheet.fields
        for heading in field.headings
        if wide or usual is None or heading in usual or heading in used
    ]
    if usual is not None:
        order = {heading: number for number, heading in enumerate(usual)}
        columns.sort(key=lambda each: order.get(each[0], len(order)))
    every = sum(len(field.headings) for field in sheet.fields)
    return page(
        "typed_rows",
        actor,
        here="bring_in",
        bringing=found,
        sheet=sheet,
        columns=columns,
        more=len(columns) < every,
        rows=[*rows, *({} for _ in range(_SPARE))][:_MOST_ROWS],
    )
