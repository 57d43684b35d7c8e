"""Proposing, approving, returning, publishing."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from safeschedule.web.api.answers import WeekAnswer
from safeschedule.web.api.router import Seen, api_router
from safeschedule.web.auth.guard import Changer, Decider, Kept
from safeschedule.web.live.looking import look_at
from safeschedule.web.weeks import deciding

router = api_router("states")


class Reasoned(BaseModel):
    """For which reason; no names, as it stays for ever."""

    model_config = ConfigDict(extra="forbid")

    why: str = Field(min_length=1, max_length=500)


@router.post("/weeks/{code}/propose", response_model=WeekAnswer)
def propose(actor: Changer, store: Kept, seen: Seen, code: str, said: Reasoned) -> dict[str, Any]:
    """Say that a week is ready for a second person."""
    look = look_at(store, code, seen)
    with store.deciding() as connection:
        return deciding.propose(connection, actor, look.week, said.why).summary()


@router.post("/weeks/{code}/return", response_model=WeekAnswer)
def give_back(actor: Decider, store: Kept, seen: Seen, code: str, said: Reasoned) -> dict[str, Any]:
    """Give a week back to be worked on."""
    look = look_at(store, code, seen)
    with store.deciding() as connection:
        return deciding.return_(connection, actor, look.week, said.why).summary()


@router.post("/weeks/{code}/approve", response_model=WeekAnswer)
def approve(actor: Decider, store: Kept, seen: Seen, code: str, said: Reasoned) -> dict[str, Any]:
    """Approve what others made; impossible while a rule is broken that no override excuses."""
    look = look_at(store, code, seen)
    with store.deciding() as connection:
        excused = deciding.overrides(store, connection)
        return deciding.approve(connection, actor, look.week, said.why, excused).summary()


@router.post("/weeks/{code}/publish", response_model=WeekAnswer)
def publish(actor: Decider, store: Kept, seen: Seen, code: str, said: Reasoned) -> dict[str, Any]:
    """Give an approved week out; impossible while a rule is broken that no override excuses."""
    look = look_at(store, code, seen)
    with store.deciding() as connection:
        excused = deciding.overrides(store, connection)
        return deciding.publish(connection, actor, look.week, said.why, excused).summary()
