"""Out: what people hang up, carry with them, and send on."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule.exchange.formats import exporters
from safeschedule.exchange.formats.format import Export
from safeschedule.exchange.workbook import workbook_of
from safeschedule.exchange.writing import Files
from safeschedule.web.auth.guard import Kept, Worker
from safeschedule.web.live.looking import SeenWeek, look_at
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import not_found

router = APIRouter(include_in_schema=False)

_ENDINGS = {"csv": "csv", "html": "html", "xlsx": "xlsx", "fhir": "json"}
"""The formats that are one file, and their endings."""


@router.get("/weeks/{code}/out")
def out(actor: Worker, store: Kept, code: str) -> Response:
    """The list of formats."""
    look = look_at(store, code)
    known = exporters()
    formats = [(name, known[name].about) for name in _ENDINGS if name in known]
    start = look.problem.week_start
    return page(
        "out",
        actor,
        week=look.week,
        here="out",
        formats=formats,
        clinicians=[person.id for person in look.problem.clinicians],
        rooms=[room.id for room in look.problem.rooms],
        days=[start + timedelta(days=number) for number in range(7)],
    )


@router.get("/weeks/{code}/out/{name}")
def export(actor: Worker, store: Kept, code: str, name: str) -> Response:
    """One file. It is sent to be kept, not shown: it has its own style and scripts."""
    if name == "team":
        return _team(look_at(store, code))
    if name not in _ENDINGS or name not in exporters():
        raise not_found("format")
    look = look_at(store, code)
    with tempfile.TemporaryDirectory(prefix="safeschedule-") as folder:
        path = Path(folder) / f"week.{_ENDINGS[name]}"
        with Files() as files:
            exporters()[name].write(Export(look.problem, look.schedule, path, None, files, look.overrides))
        data = path.read_bytes()
    title = f"rota-{look.week.week_start}-v{look.week.version}.{_ENDINGS[name]}"
    headers = {"Content-Disposition": f'attachment; filename="{title}"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _team(look: SeenWeek) -> Response:
    """Return the team's workbook: what is given, without what is planned."""
    headers = {"Content-Disposition": f'attachment; filename="team-{look.week.week_start}.xlsx"'}
    data = workbook_of(look.problem)
    return Response(data, media_type="application/octet-stream", headers=headers)
