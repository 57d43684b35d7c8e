"""What is open: concerns, actions and capacity exceptions, each with owner and date; raised and answered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from safeschedule import ConcernRaised, InputError, Resolved, Statement, ledger_view
from safeschedule.ledger import append_within
from safeschedule.web.auth.guard import Auditor, Decider, Kept, Own
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.times import now
from safeschedule.web.told import sentences
from safeschedule.web.weeks import Actor

router = APIRouter(include_in_schema=False)

Words = Annotated[str, Form(min_length=1, max_length=2000)]


@router.get("/matters")
def matters(actor: Auditor, store: Kept) -> Response:
    """What waits for somebody, overdue matters first."""
    return _page(store, actor)


@router.post("/matters/{entry}/resolve")
def resolve(actor: Decider, store: Kept, entry: int, outcome: Words) -> Response:
    """Say what came of a matter; the entry that opened it stays."""
    content = Resolved(entry=entry, outcome=outcome.strip())
    said = Statement(at=now(), by=actor.signatory(), why=outcome.strip() or "-", content=content)
    try:
        with store.deciding() as connection:
            append_within(connection, said)
    except InputError as error:
        return _page(store, actor, told=list(sentences(error)), status=422)
    return RedirectResponse("/matters", 303)


@router.post("/mine/concern")
def concern(actor: Own, store: Kept, text: Words) -> Response:
    """Say that the load is not safe; it stands in the ledger until somebody answers."""
    said = Statement(
        at=now(), by=actor.signatory(), why="Raised on the page", content=ConcernRaised(concern=text.strip())
    )
    with store.deciding() as connection:
        append_within(connection, said)
    return RedirectResponse("/mine?raised=1", 303)


def _page(store: Kept, actor: Actor, *, told: list[str] | None = None, status: int = 200) -> Response:
    view = ledger_view(store.ledger().entries(), now().date())
    return page(
        "matters",
        actor,
        here="matters",
        view=view,
        told=told or [],
        decides=may(actor, "decide"),
        status=status,
    )
