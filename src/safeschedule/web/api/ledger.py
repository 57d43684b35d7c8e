"""History of a week, and the ledger behind it."""

from __future__ import annotations

from typing import Any

from safeschedule.web.api.answers import WeekAnswer
from safeschedule.web.api.router import api_router
from safeschedule.web.auth.guard import Auditor, Kept
from safeschedule.web.weeks import history

router = api_router("ledger")

MOST_ENTRIES = 500


@router.get("/weeks/{code}/history", response_model=list[WeekAnswer])
def versions(actor: Auditor, store: Kept, code: str) -> list[dict[str, Any]]:
    """Every version of a week, the newest first."""
    with store.reading() as connection:
        return [week.summary() for week in history(connection, code)]


@router.get("/ledger")
def entries(actor: Auditor, store: Kept, after: int = 0) -> list[dict[str, Any]]:
    """Entries of the ledger after a number, in order."""
    found = [entry for entry in store.ledger().entries() if entry.number > after]
    return [entry.to_dict() for entry in found[:MOST_ENTRIES]]


@router.get("/ledger/verification")
def verification(actor: Auditor, store: Kept) -> dict[str, Any]:
    """What walking the chain finds."""
    return store.ledger().verify().to_dict()
