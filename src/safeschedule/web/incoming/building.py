"""What papers make together: a workbook, how it is read, and the problem with the calendars in it."""

from __future__ import annotations

import hashlib
import tempfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from safeschedule import Fault, InputError, Problem
from safeschedule.exchange.calendar_import import import_calendar
from safeschedule.exchange.foreign_table import Filling, ForeignTable, TableMapping, filled_all
from safeschedule.exchange.workbook import WorkbookReading, empty_workbook, workbook_problem
from safeschedule.exchange.workbook.edits import CellEdit
from safeschedule.exchange.workbook.layout.declared import WEEK
from safeschedule.exchange.workbook.meaning import Habits
from safeschedule.exchange.workbook.reading import codes_and_habits
from safeschedule.problem import warnings
from safeschedule.web.incoming.papers import CALENDAR, ROWS, TABLE, WORKBOOK, Bringing, Paper, table_of
from safeschedule.web.incoming.sorting import sheet_of

_KEPT = 4
"""What was made of papers last; whoever mends a fault looks at the same papers again."""


@dataclass(frozen=True)
class Built:
    """What papers make together.

    Parameters
    ----------
    data
        The workbook, as a file.
    reading
        What it says: its problem or its faults, and how cells were understood.
    problem
        The problem with what calendars say; ``None`` while something is wrong.
    rows
        How many rows each table gave, by the paper's number.
    lost
        Edits that find no cell any more.
    codes, habits
        The codes on each sheet, and the workbook's ways of writing.
    calendars
        What each calendar gave, or what is wrong with it, by the paper's number.
    more
        What is hardly meant since the calendars are in it.
    """

    data: bytes
    reading: WorkbookReading
    problem: Problem | None
    rows: Mapping[int, int]
    lost: tuple[CellEdit, ...]
    codes: Mapping[str, frozenset[str]]
    habits: Habits
    calendars: Mapping[int, tuple[str, ...]]
    more: tuple[Fault, ...]


_ready: OrderedDict[str, Built] = OrderedDict()
_lock = Lock()


def built(bringing: Bringing) -> Built:
    """Return what papers make together; the same papers are looked at once.

    Raises
    ------
    InputError
        The workbook among them cannot be read at all.
    """
    key = _key(bringing)
    with _lock:
        if key in _ready:
            _ready.move_to_end(key)
            return _ready[key]
    found = _build(bringing)
    with _lock:
        _ready[key] = found
        while len(_ready) > _KEPT:
            _ready.popitem(last=False)
    return found


def _key(bringing: Bringing) -> str:
    heap = hashlib.sha256(repr((bringing.code, sorted(bringing.week.items()), bringing.edits)).encode())
    for paper in bringing.papers:
        heap.update(repr((paper.number, paper.kind, paper.body)).encode())
        heap.update(hashlib.sha256(paper.data).digest())
    return heap.hexdigest()


def _build(bringing: Bringing) -> Built:
    given = [paper for paper in bringing.papers if paper.kind in (TABLE, ROWS) and paper.understood]
    fillings = [filling for paper in given if (filling := filling_of(paper)) is not None]
    week = [CellEdit(WEEK, name, "", value) for name, value in bringing.week.items() if value]
    edits = [*week, *bringing.edits]
    with tempfile.TemporaryDirectory(prefix="safeschedule-") as folder:
        path = _base(Path(folder), bringing.of(WORKBOOK))
        counts: Sequence[int] = ()
        lost: tuple[CellEdit, ...] = ()
        if fillings or edits:
            _require_xlsx(path)
            made = filled_all(path, fillings, edits)
            counts, lost = made.rows, made.lost
            path.write_bytes(made.data)
        codes, habits = codes_and_habits(path)
        reading = workbook_problem(path)
        problem, told, whole = _with_calendars(reading.problem, bringing.of(CALENDAR), Path(folder))
        data = path.read_bytes()
    known = {fault.of + fault.code + fault.value for fault in _plain_warnings(reading.problem)}
    more = [f for f in _plain_warnings(problem) if f.of + f.code + f.value not in known]
    numbers = [paper.number for paper in given if filling_of(paper) is not None]
    return Built(
        data=data,
        reading=reading,
        problem=problem if whole else None,
        rows=dict(zip(numbers, counts, strict=False)),
        lost=tuple(each for each in lost if each not in week),
        codes=codes,
        habits=habits,
        calendars=told,
        more=tuple(more),
    )


def filling_of(paper: Paper) -> Filling | None:
    """Return how a paper goes into the workbook; ``None``: its sheet is not known."""
    sheet = sheet_of(paper.target)
    if sheet is None:
        return None
    if paper.kind == TABLE:
        mapping = TableMapping(paper.body["columns"], paper.body["values"])
        return Filling(sheet, table_of(paper.body), mapping)
    headings = tuple(heading for field in sheet.fields for heading in field.headings)
    rows = tuple(
        (number, tuple(row.get(heading, "") for heading in headings))
        for number, row in enumerate(paper.body["rows"], 1)
    )
    return Filling(
        sheet, ForeignTable(paper.name, headings, rows), TableMapping({each: each for each in headings}, {})
    )


@cache
def _empty() -> bytes:
    return empty_workbook()


def _base(folder: Path, workbooks: Sequence[Paper]) -> Path:
    if not workbooks:
        path = folder / "papers.xlsx"
        path.write_bytes(_empty())
        return path
    last = workbooks[-1]
    path = folder / f"workbook{last.body.get('ending', '.xlsx')}"
    path.write_bytes(last.data)
    return path


def _require_xlsx(path: Path) -> None:
    if path.suffix == ".ods":
        expected = "a workbook in XLSX, where something is added or mended: save it as one, and bring that"
        raise InputError("the workbook", [Fault("not_a_workbook", "the workbook", ".ods", expected)])


def _with_calendars(
    problem: Problem | None, calendars: Sequence[Paper], folder: Path
) -> tuple[Problem | None, dict[int, tuple[str, ...]], bool]:
    """Return the problem with calendars, what each gave, and whether all are in it."""
    told: dict[int, tuple[str, ...]] = {}
    whole = True
    for paper in calendars:
        if problem is None or not paper.understood:
            whole = whole and paper.understood
            continue
        path = folder / f"calendar{paper.number}.ics"
        path.write_bytes(paper.data)
        try:
            problem, lines = import_calendar(problem, path, str(paper.body["who"]))
        except InputError as error:
            told[paper.number], whole = tuple(str(fault) for fault in error.faults), False
        else:
            told[paper.number] = tuple(lines)
    return problem, told, whole


def _plain_warnings(problem: Problem | None) -> tuple[Fault, ...]:
    return () if problem is None else warnings.find(problem)


def whose(paper: Paper, codes: Mapping[str, frozenset[str]]) -> str:
    """Return whose a calendar seems to be: the one of the team whose code it names; nothing where none is."""
    team = {code.casefold(): code for code in codes.get("Team", ())}
    named = [str(word).casefold() for word in paper.body.get("named", ())]
    return next((team[word] for word in named if word in team), "")
