"""Where in a drawn week the verifier's findings are marked; each has the number of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from docs.drawing.rows import Key, Row
from safeschedule.reports.grid import Entry
from safeschedule.verifier.finding import Finding


@dataclass
class Wrong:
    """The numbers of findings by place: an item of a row, a minute of a row, a row, or none of these."""

    items: dict[tuple[Key, Entry], list[int]] = field(default_factory=dict)
    minutes: dict[tuple[Key, int], list[int]] = field(default_factory=dict)
    rows: dict[Key, list[int]] = field(default_factory=dict)
    elsewhere: list[int] = field(default_factory=list)


def wrong(drawn: Sequence[Row], findings: Iterable[Finding]) -> Wrong:
    """Return where each finding is marked: as near to what it is about as its time and people say."""
    places = Wrong()
    for number, finding in enumerate(findings, start=1):
        if finding.when is None:
            _absent(places, drawn, finding, number)
        else:
            _dated(places, [row for row in drawn if row.day == finding.when.date()], finding, number)
    return places


def _absent(places: Wrong, drawn: Sequence[Row], finding: Finding, number: int) -> None:
    """Mark the first row of each clinician who is named, for something that lacks all week."""
    first = {row.clinician: row for row in reversed(drawn) if not row.past and row.clinician in finding.who}
    for row in first.values():
        places.rows.setdefault(row.key, []).append(number)
    if not first:
        places.elsewhere.append(number)


def _dated(places: Wrong, today: Sequence[Row], finding: Finding, number: int) -> None:
    assert finding.when is not None
    minute = finding.when.hour * 60 + finding.when.minute
    own = [row for row in today if row.clinician in finding.who] or list(today)
    starting = [(row, item) for row in own for item in row.items if item.start == minute]
    named = [(row, item) for row, item in starting if _names(finding, item)] or starting
    if not minute and not named:
        named = [(row, item) for row in own for item in row.items if _names(finding, item)]
    for row, item in named:
        places.items.setdefault((row.key, item), []).append(number)
    if named:
        return
    if not own:
        places.elsewhere.append(number)
    for row in own:
        if minute:
            places.minutes.setdefault((row.key, minute), []).append(number)
        else:
            places.rows.setdefault(row.key, []).append(number)


def _names(finding: Finding, item: Entry) -> bool:
    return bool(item.client) and any(code in finding.who for code in item.client.split(", "))
