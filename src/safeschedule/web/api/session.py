"""Who asks, and keys for programs."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic import BaseModel, Field

from safeschedule.web.api.answers import KeyAnswer, NewKeyAnswer, SelfAnswer
from safeschedule.web.api.router import api_router
from safeschedule.web.auth import GRANTED, grants
from safeschedule.web.auth.guard import Kept, Self

router = api_router("account")


class NewKey(BaseModel):
    """A key for a program."""

    label: str = Field(min_length=1, max_length=80)


@router.get("/me", response_model=SelfAnswer)
def me(actor: Self) -> dict[str, Any]:
    """Who asks, and what they may do."""
    can = sorted(GRANTED[actor.role])
    return {"code": actor.code, "role": actor.role, "clinician": actor.clinician, "may": can}


@router.get("/keys", response_model=list[KeyAnswer])
def keys(actor: Self, store: Kept) -> list[dict[str, Any]]:
    """The keys of programs that ask in this account's name."""
    with store.reading() as connection:
        found = grants.grants_of(connection, actor.code, grants.PROGRAM)
    return [{"key": each.hash, "label": each.label, "at": each.made_at} for each in found]


@router.post("/keys", status_code=201, response_model=NewKeyAnswer)
def new_key(actor: Self, store: Kept, asked: NewKey) -> dict[str, str]:
    """Give a key. It is told once, and holds for a year or until it is taken back."""
    with store.writing() as connection:
        return {"bearer": grants.give(connection, grants.PROGRAM, actor.code, asked.label)}


@router.delete("/keys/{key}", status_code=204)
def no_key(actor: Self, store: Kept, key: str) -> Response:
    """Take a key back."""
    with store.writing() as connection:
        grants.take_back(connection, key, actor.code)
    return Response(status_code=204)
