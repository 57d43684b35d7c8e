"""How a table becomes rows of the workbook: proposed from its headings, and corrected here."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from safeschedule import InputError
from safeschedule.exchange.foreign_table import OPEN, ForeignTable, TableMapping
from safeschedule.exchange.workbook.layout.sheets import Sheet, sheets
from safeschedule.exchange.workbook.meaning import Habits
from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.incoming import kept, mapping_form
from safeschedule.web.incoming.building import built
from safeschedule.web.incoming.papers import TABLE, Bringing, Paper, table_of
from safeschedule.web.incoming.sorting import sheet_of
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import not_found
from safeschedule.web.weeks import Actor

router = APIRouter(include_in_schema=False)

_EXAMPLES = 3


@router.get("/bring-in/{bringing}/papers/{number}")
def mapping_page(actor: Changer, store: Kept, bringing: str, number: int, target: str = "") -> Response:
    """The columns and words of a table, and what they are taken for."""
    with store.reading() as connection:
        found = kept.find_bringing(connection, bringing, actor.code)
        paper = _table(found, number)
        table, sheet = table_of(paper.body), sheet_of(target or paper.target)
        before = None if sheet is None else kept.recall(connection, _called(sheet, table))
    if sheet is None:
        return _page(actor, found, paper, table)
    if paper.understood and sheet.title == paper.target:
        mapping = TableMapping(paper.body["columns"], paper.body["values"])
    else:
        mapping = mapping_form.begun(table, sheet, *_known(found), before)
    again = before is not None and not paper.understood
    return _page(actor, found, paper, table, sheet, mapping, again=again)


@router.post("/bring-in/{bringing}/papers/{number}")
async def keep_mapping(request: Request, actor: Changer, store: Kept, bringing: str, number: int) -> Response:
    """Take the table in as it was looked over."""
    from starlette.concurrency import run_in_threadpool

    form = {name: str(value) for name, value in (await request.form(max_fields=10_000)).items()}
    return await run_in_threadpool(_keep, store, actor, bringing, number, form)


def _keep(store: Kept, actor: Actor, bringing: str, number: int, form: dict[str, str]) -> Response:
    with store.reading() as connection:
        found = kept.find_bringing(connection, bringing, actor.code)
    paper = _table(found, number)
    table, sheet = table_of(paper.body), sheet_of(form.get("target", ""))
    if sheet is None:
        raise not_found("sheet")
    mapping, more = mapping_form.answered(form, table, sheet, *_known(found))
    wrong = mapping_form.faults(mapping, table, sheet)
    if more or wrong:
        told = ["A column goes elsewhere now: look over its words, too."] if more else wrong
        return _page(actor, found, paper, table, sheet, mapping, told=told, status=422)
    kept_as = {"columns": dict(mapping.columns), "values": {k: dict(v) for k, v in mapping.values.items()}}
    with store.writing() as connection:
        body = dict(paper.body) | {"target": sheet.title} | kept_as
        kept.change_paper(connection, bringing, number, body)
        kept.remember(connection, _called(sheet, table), kept_as, actor.code)
    return RedirectResponse(f"/bring-in/{bringing}", 303)


def _called(sheet: Sheet, table: ForeignTable) -> str:
    return "\n".join(("table", sheet.title, *table.headings))


def _table(found: Bringing, number: int) -> Paper:
    paper = found.paper(number)
    if paper is None or paper.kind != TABLE:
        raise not_found("table among these papers")
    return paper


def _known(found: Bringing) -> tuple[Any, Habits]:
    """Return the codes and the ways of writing that are known so far."""
    try:
        made = built(found)
    except InputError:
        return {}, Habits()
    return made.codes, made.habits


def _page(
    actor: Actor,
    found: Bringing,
    paper: Paper,
    table: ForeignTable,
    sheet: Sheet | None = None,
    mapping: TableMapping | None = None,
    *,
    told: list[str] | None = None,
    again: bool = False,
    status: int = 200,
) -> Response:
    columns = []
    for number, heading in enumerate(table.headings):
        if not heading:
            continue
        cells = [str(row[number]) for _, row in table.rows if number < len(row) and row[number] is not None]
        words = {} if mapping is None else mapping.values.get(heading, {})
        open_ = [word for word, meant in words.items() if meant == OPEN]
        shown = sorted(words, key=lambda word: word not in open_)[: mapping_form.MOST_WORDS]
        columns.append(
            {
                "number": number,
                "heading": heading,
                "examples": list(dict.fromkeys(filter(None, cells)))[:_EXAMPLES],
                "target": "" if mapping is None else mapping.columns.get(heading, ""),
                "words": [(word, mapping_form.shown(words[word]), word in open_) for word in shown],
                "left": len(words) - len(shown),
                "open": len(open_),
            }
        )
    targets = () if sheet is None else [h for field in sheet.fields for h in field.headings]
    return page(
        "mapping",
        actor,
        here="bring_in",
        status=status,
        bringing=found,
        paper=paper,
        table=table,
        sheet=sheet,
        sheets=[each.title for each in sheets()],
        targets=targets,
        columns=columns,
        open=sum(column["open"] for column in columns),
        told=told or [],
        again=again,
        choices=_choices(found, sheet),
    )


def _choices(found: Bringing, sheet: Sheet | None) -> dict[str, list[str]]:
    """Return what can be typed for the words of a column: codes that are there, or a list of words."""
    if sheet is None:
        return {}
    codes, _ = _known(found)
    made: dict[str, list[str]] = {}
    for field in sheet.fields:
        each = getattr(field.kind, "each", ())
        known = [*field.kind.choices, *each]
        for title in field.refers:
            known += sorted(codes.get(title, ()))
        if known:
            made[field.headings[0]] = known[:200]
    return made
