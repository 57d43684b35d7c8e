"""History: every version, what changed, who did it; and the ledger behind it, verified on the page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from safeschedule import InputError, LedgerHead
from safeschedule.web.auth.guard import Auditor, Changer, Kept
from safeschedule.web.board.differing import different
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.weeks import history, version_of
from safeschedule.web.weeks.changing import change

router = APIRouter(include_in_schema=False)

_ENTRIES = 100
"""Entries of the ledger that are shown at once, the newest first."""


@router.get("/weeks/{code}/history")
def versions(actor: Auditor, store: Kept, code: str) -> Response:
    """Every version of a week."""
    with store.reading() as connection:
        found = history(connection, code)
    week = look_at(store, code).week
    return page("history", actor, week=week, here="history", versions=found, changes=may(actor, "change"))


@router.get("/weeks/{code}/history/{version}")
def compare(actor: Auditor, store: Kept, code: str, version: int) -> Response:
    """A version against the week as it is now."""
    look = look_at(store, code)
    with store.reading() as connection:
        old = version_of(connection, code, version)
        diff = different(old.schedule(connection), look.schedule)
    changes = may(actor, "change") and version != look.week.version
    return page("compare", actor, week=look.week, here="history", old=old, diff=diff, changes=changes)


@router.post("/weeks/{code}/history/{version}/restore")
def restore(actor: Changer, store: Kept, code: str, version: int, seen: Annotated[int, Form()]) -> Response:
    """Make an old version the new one; nothing is lost by it."""
    look = look_at(store, code, seen)
    with store.deciding() as connection:
        old = version_of(connection, code, version)
        change(
            connection,
            actor,
            look.week,
            "restored",
            f"Version {version} is back",
            problem=old.problem(connection),
            schedule=old.schedule(connection),
        )
    return RedirectResponse(f"/weeks/{code}", 303)


@router.get("/ledger")
def ledger(actor: Auditor, store: Kept, head: str = "", kind: str = "") -> Response:
    """The ledger, walked from its first entry while the page is made."""
    book = store.ledger()
    told, kept = "", None
    if head.strip():
        try:
            kept = LedgerHead.from_text(head)
        except InputError as error:
            told = str(error.faults[0])
    account = book.verify(kept)
    entries = list(book.entries())[::-1] if account.sound else []
    kinds = sorted({entry.content.kind for entry in entries})
    shown = [entry for entry in entries if kind in ("", entry.content.kind)]
    return page(
        "ledger",
        actor,
        here="ledger",
        account=account,
        entries=shown[:_ENTRIES],
        more=max(0, len(shown) - _ENTRIES),
        head=head,
        told=told,
        kinds=kinds,
        kind=kind,
    )
