"""A page to read and to print."""

from __future__ import annotations

from safeschedule.exchange.formats.format import Export, Format, Writer


def _write(export: Export) -> list[str]:
    from safeschedule.reports.html import rota_html
    from safeschedule.verifier import verify

    account = verify(export.problem, export.schedule, overrides=export.overrides)
    export.files.write(export.path, rota_html(export.problem, export.schedule, account).encode())
    return []


FORMAT = Format(name="html", writes=Writer("a page to print", _write, verifies=True))
