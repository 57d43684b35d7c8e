"""One calendar a clinician."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from safeschedule.exchange.formats.format import Export, Format, Writer

if TYPE_CHECKING:
    from safeschedule.exchange.ics import CalendarFiles


def _write(export: Export) -> list[str]:
    from safeschedule.exchange.ics import write_ics

    written = write_ics(export.problem, export.schedule, export.path, stamp=export.stamp, files=export.files)
    return list(_said(written))


def _said(written: CalendarFiles) -> Iterator[str]:
    for code, messages in sorted(written.messages.items()):
        events = "1 event is" if len(messages) == 1 else f"{len(messages)} events are"
        yield f"{events} called off for {code}: {messages[0].parent}"
    for path in written.set_aside:
        yield f"An old calendar is no longer there: {path}"


FORMAT = Format(
    name="ics",
    writes=Writer("one calendar a clinician", _write, folder=True, continues=True),
)
