"""Broken rules in the grids: which item, date or person each finding is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from safeschedule.reports.grid import DayColumn, Entry
from safeschedule.verifier.finding import Finding


@dataclass(frozen=True)
class Marked:
    """Columns with the numbers of findings in them.

    Parameters
    ----------
    table
        The columns, by code and date.
    people
        The numbers of findings about a code's whole week.
    """

    table: dict[tuple[str, date], DayColumn]
    people: dict[str, tuple[int, ...]]


def marked(table: Mapping[tuple[str, date], DayColumn], findings: Sequence[Finding]) -> Marked:
    """Put the number of each finding (its place in `findings`, from 1) where it happens.

    A finding with a time marks the items under way at that time in which somebody that it names takes
    part; where none is, their date; without a time, their week. So none is lost that names somebody here.
    """
    items: dict[tuple[str, date, Entry], dict[int, None]] = {}
    dates: dict[tuple[str, date], list[int]] = {}
    people: dict[str, list[int]] = {}
    taking_part = _taking_part(table.values())
    for number, finding in enumerate(findings, start=1):
        when = finding.when
        if when is None:
            for code in finding.who:
                people.setdefault(code, []).append(number)
            continue
        minute = when.hour * 60 + when.minute
        under_way = [
            (column.code, column.day, item)
            for code in finding.who
            for column, item in taking_part.get((code, when.date()), ())
            if item.start <= minute < item.start + item.minutes
        ]
        for place in under_way:
            items.setdefault(place, {})[number] = None
        for code in () if under_way else finding.who:
            dates.setdefault((code, when.date()), []).append(number)
    new = {
        (code, day): replace(
            column,
            items=tuple(replace(i, breaks=tuple(items.get((code, day, i), ()))) for i in column.items),
            breaks=tuple(dates.get((code, day), ())),
        )
        for (code, day), column in table.items()
    }
    return Marked(new, {code: tuple(numbers) for code, numbers in people.items()})


def _taking_part(columns: Iterable[DayColumn]) -> dict[tuple[str, date], list[tuple[DayColumn, Entry]]]:
    """Return the items of each date in which a clinician, client, room or group takes part."""
    found: dict[tuple[str, date], list[tuple[DayColumn, Entry]]] = {}
    for column in columns:
        for item in column.items:
            # Who is on leave does nothing then; a finding about that time is about what else is there.
            for code in () if item.look == "leave" else {column.code, *item.codes}:
                found.setdefault((code, column.day), []).append((column, item))
    return found
