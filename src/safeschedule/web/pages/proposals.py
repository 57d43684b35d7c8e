"""What a job found, beside the present week: taken or left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from safeschedule import Appointment, Schedule, differences
from safeschedule.web.auth.guard import Changer, Kept, Worker
from safeschedule.web.board.differing import different
from safeschedule.web.live.acting import place_key, take_some
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.told import not_found
from safeschedule.web.weeks.calls import STATES, counted, key_of, tick, ticks_of
from safeschedule.web.weeks.proposals import LEFT, WeekProposal, find_proposal, settle
from safeschedule.web.weeks.taking import take

router = APIRouter(include_in_schema=False)


@router.get("/weeks/{code}/proposals/{proposal}")
def one(actor: Worker, store: Kept, code: str, proposal: str) -> Response:
    """The proposal, with its difference."""
    look = look_at(store, code)
    with store.reading() as connection:
        found = _of(find_proposal(connection, proposal), code)
        diff = different(look.schedule, found.schedule(connection))
        added = _added(look.schedule, found.schedule(connection))
        said = ticks_of(connection, proposal)
    here = "today" if found.body.get("kind") == "sick" else "week"
    return page(
        "proposal",
        actor,
        week=look.week,
        here=here,
        proposal=found,
        diff=diff,
        added=added if found.body.get("kind") == "fill" else [],
        place_key=place_key,
        changes=may(actor, "change"),
        calls=[(line, key_of(line), said.get(key_of(line))) for line in found.body.get("tell", ())],
        states=STATES,
        counted=counted(found, said),
        others=_others(look.schedule, found),
    )


@router.post("/weeks/{code}/proposals/{proposal}")
def settle_it(
    actor: Changer,
    store: Kept,
    code: str,
    proposal: str,
    version: Annotated[int, Form()],
    what: Annotated[str, Form(max_length=10)],
    only: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Take it, or some of what it adds, or leave it."""
    if what == "some":
        look = look_at(store, code, version)
        with store.reading() as connection:
            found = _of(find_proposal(connection, proposal), code)
            added = _added(look.schedule, found.schedule(connection))
        some = take_some(look, [given for given in added if place_key(given) in (only or ())])
        with store.deciding() as connection:
            take(connection, actor, found, version, some)
    elif what == "take":
        with store.deciding() as connection:
            take(connection, actor, _of(find_proposal(connection, proposal), code), version)
    else:
        with store.writing() as connection:
            settle(connection, _of(find_proposal(connection, proposal), code), LEFT)
    return RedirectResponse(f"/weeks/{code}", 303)


@router.post("/weeks/{code}/proposals/{proposal}/calls")
def call(
    actor: Changer,
    store: Kept,
    code: str,
    proposal: str,
    who: Annotated[str, Form(max_length=100)],
    state: Annotated[str, Form(max_length=20)],
) -> Response:
    """Say that somebody on the call list was called, and what they said."""
    with store.writing() as connection:
        tick(connection, actor, _of(find_proposal(connection, proposal), code), who, state)
    return RedirectResponse(f"/weeks/{code}/proposals/{proposal}#tell", 303)


def _others(schedule: Schedule, proposal: WeekProposal) -> dict[str, list[Appointment]]:
    """Return the sessions of the week as it is now of each client on a call list."""
    clients = [line["code"] for line in proposal.body.get("tell", ()) if line["kind"] == "client"]
    return {f"client:{code}": [a for a in schedule.appointments if code in a.clients] for code in clients}


def _added(now: Schedule, then: Schedule) -> Sequence[Appointment]:
    return [given for given in differences(now, then).added if given.request is not None]


def _of(proposal: WeekProposal, code: str) -> WeekProposal:
    if proposal.week != code:
        raise not_found("proposal of this week")
    return proposal
