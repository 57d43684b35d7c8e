"""One feed a clinician and a room."""

from __future__ import annotations

from safeschedule.exchange.formats.format import Export, Format, Writer


def _write(export: Export) -> list[str]:
    from safeschedule.exchange.ics import write_feeds

    write_feeds(export.problem, export.schedule, export.path, stamp=export.stamp, files=export.files)
    return []


FORMAT = Format(
    name="feeds",
    writes=Writer("one feed a clinician and a room, to subscribe to", _write, folder=True, continues=True),
)
