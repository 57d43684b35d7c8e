"""Panel and waiting list: who has room, who waits, who is due."""

from __future__ import annotations

from decimal import Decimal

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule import PanelRow, due_contacts, due_reviews, panel_status
from safeschedule.web.auth.guard import Kept, Worker
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/weeks/{code}/panels")
def panels(actor: Worker, store: Kept, code: str) -> Response:
    """Each clinician's caseload against its cap, who waits, and who is due."""
    look = look_at(store, code)
    found = panel_status(look.problem)
    clients = {client.id: client for client in look.problem.clients}
    waiting = [clients[code] for code in found.waiting if code in clients]
    return page(
        "panels",
        actor,
        week=look.week,
        here="panels",
        rows=[(row, *_bar(row)) for row in found.clinicians],
        waiting=sorted(waiting, key=lambda c: (c.waiting_since is None, c.waiting_since)),
        contacts=due_contacts(look.problem),
        reviews=due_reviews(look.problem),
    )


def _bar(row: PanelRow) -> tuple[Decimal, Decimal, Decimal]:
    """Return a bar in percent: points within the cap, points over it, and where the cap is."""
    cap = row.cap or Decimal(0)
    whole = max(row.points, cap, Decimal(1))
    within = min(row.points, cap) if row.cap is not None else row.points
    share = Decimal(100) / whole
    return round(within * share, 1), round((row.points - within) * share, 1), round(cap * share, 1)
