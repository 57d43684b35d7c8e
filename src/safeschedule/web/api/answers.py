"""What programs are answered: the shapes that the description names, so that clients can be made from it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow")


class WeekAnswer(_Answer):
    """A version of a week, without what is in it."""

    week: str
    name: str
    week_start: str
    version: int
    state: str
    action: str
    why: str
    by: str
    at: str
    entry: int


class WeekNowAnswer(WeekAnswer):
    """A week as it is now, with what is true of it."""

    compliant: bool
    qualified: bool
    placed: int
    asked: int
    broken: list[str]


class JobAnswer(_Answer):
    """A job, and what came of it."""

    job: str
    kind: str
    week: str
    version: int
    state: str
    found: dict[str, Any] | None
    at: str


class ProposalAnswer(_Answer):
    """A proposal for a version of a week."""

    proposal: str
    version: int
    kind: str


class SlotAnswer(_Answer):
    """A slot; its key is what is taken."""

    slot: str
    start: str
    minutes: int
    clinicians: list[str]
    room: str | None
    mode: str


class SlotsAnswer(_Answer):
    """The best slots, or for which reason there are none."""

    version: int
    slots: list[SlotAnswer]


class CheckAnswer(_Answer):
    """What a move would break or cost."""

    state: str
    allowed: bool
    where: str
    sentence: str
    said: list[str]
    room: str


class SelfAnswer(_Answer):
    """Who asks, and what they may do."""

    code: str
    role: str
    clinician: str | None
    may: list[str]


class KeyAnswer(_Answer):
    """A key of a program; what it is called by is not the key."""

    key: str
    label: str | None
    at: str


class NewKeyAnswer(_Answer):
    """A new key, told once."""

    bearer: str
