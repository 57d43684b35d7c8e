"""The sheets of a rota workbook that hold tables: the rota itself, what is left out, load, rules, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from safeschedule.exchange.csv_rota.cells import unguard
from safeschedule.exchange.csv_rota.writing import columns_of, rota_rows
from safeschedule.exchange.rota_workbook.looks import Looks
from safeschedule.exchange.workbook.page import print_setup
from safeschedule.problem import Problem
from safeschedule.reports.words import hours, spaced
from safeschedule.schedule import Schedule

ROTA, WRITTEN = "Rota", "As written"
"""The sheet that is read back, and the hidden copy that tells what was changed."""

_STYLES = {"date": "date", "start": "clock", "end": "clock", "minutes": "number", "revision": "number",
           "sessions": "number"}  # fmt: skip
_WIDE = {"client": 22, "clinician": 14, "kind": 20, "reason": 60, "rules": 30, "id": 24, "messages": 60}


def rota(book: Any, looks: Looks, problem: Problem, schedule: Schedule) -> None:
    """Add the table of the rota, and its hidden copy."""
    names = columns_of(problem)
    rows = [{name: unguard(cell) for name, cell in row.items()} for row in rota_rows(problem, schedule)]
    for title in (ROTA, WRITTEN):
        page = book.add_worksheet(title)
        for column, name in enumerate(names):
            page.write_string(0, column, name, looks["heading"])
            page.set_column(column, column, _WIDE.get(name, 11), looks[_STYLES.get(name, "text")])
        for number, row in enumerate(rows, start=1):
            for column, name in enumerate(names):
                if row.get(name):
                    _cell(page, looks, (number, column), name, row[name])
        page.freeze_panes(1, 3)
        page.autofilter(0, 0, len(rows), len(names) - 1)
        print_setup(page)
        if title == WRITTEN:
            page.very_hidden()


def _cell(page: Any, looks: Looks, at: tuple[int, int], name: str, text: str) -> None:
    style = _STYLES.get(name, "text")
    if style == "date":
        page.write_datetime(*at, date.fromisoformat(text), looks[style])
    elif style == "clock":
        page.write_number(*at, (int(text[:2]) * 60 + int(text[3:])) / 1440, looks[style])
    elif style == "number":
        page.write_number(*at, int(text), looks[style])
    else:
        page.write_string(*at, text, looks[style])


def table(
    book: Any, looks: Looks, title: str, columns: Mapping[str, int], rows: Iterable[Sequence[Any]]
) -> None:
    """Add a sheet with a table; it is there to be read, and protected from changes by mistake."""
    page = book.add_worksheet(title)
    for column, (heading, width) in enumerate(columns.items()):
        page.write_string(0, column, heading, looks["heading"])
        page.set_column(column, column, width, looks["text"])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, column, value, looks["text"])
            elif value is not None:
                page.write_number(
                    number, column, value, looks["share" if isinstance(value, float) else "number"]
                )
    page.freeze_panes(1, 1)
    print_setup(page)
    page.protect()


def tables(book: Any, looks: Looks, told: Mapping[str, Any]) -> None:
    """Add what is left out, load, rules, notices and provenance.

    Parameters
    ----------
    told
        What the page of the week shows (`safeschedule.reports.view`).
    """
    table(
        book, looks, "Not placed",
        {"Request": 12, "Sessions": 9, "Client": 12, "Band": 11, "Clinician": 11, "Session type": 16,
         "Priority": 8, "Urgent": 8, "Since": 26, "Why": 60, "Next step": 60},
        ([each.entry.request, each.entry.sessions, each.client, each.band, each.own, each.session_type,
          each.priority, "yes" if each.urgent else "", each.since, each.why, each.next_step]
         for each in told["unplaced"]),
    )  # fmt: skip
    table(
        book, looks, "Load",
        {"Clinician": 11, "Role": 18, "FTE": 6, "Sessions": 9, "Target": 8, "High intensity": 10,
         "With clients": 12, "High minutes": 12, "Points": 8, "Cap": 8, "Protected time": 12,
         "Protected, by kind": 60, "Utilisation": 11},
        ([row.clinician, row.role, str(row.fte), row.sessions, row.target, row.high_sessions,
          hours(row.client_minutes), hours(row.high_minutes), str(row.points), str(row.cap),
          hours(row.protected_minutes),
          ", ".join(f"{spaced(kind)} {hours(minutes)}" for kind, minutes in row.protected.items()),
          None if row.utilisation is None else float(row.utilisation)]
         for row in (person.load for person in told["people"])),
    )  # fmt: skip
    lines = [*(line for line, _ in told["broken"]), *told["costs"], *told["kept"]]
    table(
        book, looks, "Rules",
        {"Rule": 34, "Tier": 11, "Hard": 7, "State": 10, "Amount": 16, "Penalty": 9, "Findings": 100},
        ([line.title, line.tier, "yes" if line.hard else "no", line.state,
          f"{line.amount} {line.unit}".strip() if line.amount else "", line.penalty,
          "\n".join(finding.sentence for finding in line.findings)] for line in lines),
    )  # fmt: skip
    notices = ([spaced(each.code), "yes" if each.pressing else "", each.text] for each in told["notices"])
    table(book, looks, "Notices", {"Notice": 24, "Pressing": 9, "What": 110}, notices)
    table(
        book, looks, "Provenance", {"How this week came about": 130}, ([line] for line in told["provenance"])
    )
