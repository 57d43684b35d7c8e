"""Live questions about a week, and what people do to it with their hands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from safeschedule import ArgumentError
from safeschedule.web.api.answers import CheckAnswer, SlotsAnswer, WeekAnswer
from safeschedule.web.api.router import Seen, api_router
from safeschedule.web.auth.guard import Changer, Kept, Worker
from safeschedule.web.live import acting, verdict
from safeschedule.web.live.looking import look_at
from safeschedule.web.weeks.changing import step_back

router = api_router("live")


class Place(BaseModel):
    """Where a session would be."""

    model_config = ConfigDict(extra="forbid")

    item: str = Field(max_length=200)
    to: datetime | None = None
    clinician: str | None = Field(default=None, max_length=80)
    room: str | None = Field(default=None, max_length=80)
    site: str | None = Field(default=None, max_length=80)
    mode: str | None = Field(default=None, max_length=20)


class WantedMove(Place):
    """A move that is to be made."""

    all_the_same: bool = False


class Which(BaseModel):
    """A session by its id."""

    model_config = ConfigDict(extra="forbid")

    item: str = Field(max_length=200)


class Taken(BaseModel):
    """A slot that is taken: for a session, or for a request that is not placed."""

    model_config = ConfigDict(extra="forbid")

    item: str | None = Field(default=None, max_length=200)
    request: str | None = Field(default=None, max_length=80)
    slot: str = Field(max_length=300)


@router.post("/weeks/{code}/check", response_model=CheckAnswer)
def check(actor: Worker, store: Kept, seen: Seen, code: str, place: Place) -> dict[str, Any]:
    """What a move would break or cost; nothing is changed."""
    look = look_at(store, code, seen)
    try:
        found = verdict.check(look.desk(), place.item, **_where(place))
    except ArgumentError as error:
        return verdict.of_faults(error)
    return verdict.verdict_of(found)


@router.post("/weeks/{code}/move", response_model=WeekAnswer)
def move(actor: Changer, store: Kept, seen: Seen, code: str, place: WantedMove) -> dict[str, Any]:
    """Move a session; what breaks a rule is refused with the verdict, unless ``all_the_same``."""
    look = look_at(store, code, seen)
    moved = acting.move(store, actor, look, place.item, **_where(place), all_the_same=place.all_the_same)
    return moved.summary()


@router.get("/weeks/{code}/slots", response_model=SlotsAnswer)
def slots(
    actor: Worker, store: Kept, code: str, item: str | None = None, request: str | None = None, n: int = 5
) -> dict[str, Any]:
    """The best slots: other ones for a session, or those of a request that is not placed."""
    look = look_at(store, code)
    count = max(1, min(n, acting.MOST_SLOTS))
    found = (
        acting.slots_for(look, request or "", count)
        if item is None
        else acting.slots_to_move(look, item, count)
    )
    return {
        "version": look.week.version,
        "reason": found.reason,
        "rules": found.rules,
        "slots": [
            {
                "slot": acting.slot_key(slot),
                "start": f"{slot.appointment.start:%Y-%m-%dT%H:%M}",
                "minutes": slot.appointment.minutes,
                "clinicians": slot.appointment.clinicians,
                "room": slot.appointment.room,
                "mode": slot.appointment.mode.value,
                "said": slot.sentences()[:1],
                "marks": slot.marks,
                "costs": [verdict.title(c.rule) for c in slot.effects.costs if c.difference > 0],
            }
            for slot in found.slots
        ],
    }


@router.post("/weeks/{code}/take", response_model=WeekAnswer)
def take(actor: Changer, store: Kept, seen: Seen, code: str, taken: Taken) -> dict[str, Any]:
    """Take a slot that was listed."""
    look = look_at(store, code, seen)
    found = (
        acting.slots_for(look, taken.request or "", acting.MOST_SLOTS)
        if taken.item is None
        else acting.slots_to_move(look, taken.item, acting.MOST_SLOTS)
    )
    return acting.take(store, actor, look, found, taken.slot).summary()


@router.post("/weeks/{code}/cancel", response_model=WeekAnswer)
def cancel(actor: Changer, store: Kept, seen: Seen, code: str, which: Which) -> dict[str, Any]:
    """Take a session out of the week."""
    return acting.cancel(store, actor, look_at(store, code, seen), which.item).summary()


@router.post("/weeks/{code}/pin", response_model=WeekAnswer)
def pin(actor: Changer, store: Kept, seen: Seen, code: str, which: Which) -> dict[str, Any]:
    """Pin a session where it is, or let it go."""
    return acting.pin(store, actor, look_at(store, code, seen), which.item).summary()


@router.post("/weeks/{code}/undo", response_model=WeekAnswer)
def undo(actor: Changer, store: Kept, seen: Seen, code: str) -> dict[str, Any]:
    """Take the last change back; again for the one before."""
    look = look_at(store, code, seen)
    with store.deciding() as connection:
        return step_back(connection, actor, look.week).summary()


def _where(place: Place) -> dict[str, Any]:
    to = None if place.to is None else place.to.replace(tzinfo=None)
    return {
        "to": to,
        "clinician": place.clinician,
        "room": place.room,
        "site": place.site,
        "mode": place.mode,
    }
