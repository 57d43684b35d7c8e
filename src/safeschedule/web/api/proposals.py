"""What jobs propose: looked at, taken or left."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from safeschedule.web.api.answers import ProposalAnswer, WeekAnswer
from safeschedule.web.api.router import Seen, api_router
from safeschedule.web.auth.guard import Changer, Kept, Worker
from safeschedule.web.board.differing import different
from safeschedule.web.live.looking import look_at
from safeschedule.web.weeks.proposals import LEFT, find_proposal, of_week, settle
from safeschedule.web.weeks.taking import take

router = api_router("proposals")


@router.get("/weeks/{code}/proposals", response_model=list[ProposalAnswer])
def proposals(actor: Worker, store: Kept, code: str) -> list[dict[str, Any]]:
    """The open proposals of a week."""
    with store.reading() as connection:
        found = of_week(connection, code)
    return [{"proposal": p.code, "version": p.version, "at": p.made_at, **p.body} for p in found]


@router.get("/proposals/{proposal}", response_model=ProposalAnswer)
def one(actor: Worker, store: Kept, proposal: str) -> dict[str, Any]:
    """A proposal, and how it differs from the week as it is now."""
    with store.reading() as connection:
        found = find_proposal(connection, proposal)
        now = look_at(store, found.week).schedule
        diff = different(now, found.schedule(connection))
    words = ("what", "who", "before", "after")
    return {
        "proposal": found.code,
        "state": found.state,
        "version": found.version,
        **found.body,
        "kept": diff.kept,
        "blocks": diff.blocks,
        "different": [dict(zip(words, line, strict=True)) for line in diff.lines],
    }


@router.post("/proposals/{proposal}/take", response_model=WeekAnswer)
def take_it(actor: Changer, store: Kept, seen: Seen, proposal: str) -> dict[str, Any]:
    """Take a proposal; it has to be for the version that the week still is."""
    with store.deciding() as connection:
        return take(connection, actor, find_proposal(connection, proposal), seen).summary()


@router.post("/proposals/{proposal}/leave", status_code=204)
def leave(actor: Changer, store: Kept, proposal: str) -> Response:
    """Leave a proposal: the week stays as it is."""
    with store.writing() as connection:
        settle(connection, find_proposal(connection, proposal), LEFT)
    return Response(status_code=204)
