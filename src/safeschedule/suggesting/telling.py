"""An appointment or a block in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeschedule.problem import Mode
from safeschedule.schedule import Appointment, Block
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given


def when(given: Given) -> str:
    """Return an appointment's or block's time as "Tuesday 6 October, 09:00-10:00"."""
    start = given.start.hour * 60 + given.start.minute
    return f"{wording.day_name(given.start.date())}, {wording.span(start, start + given.minutes)}"


def where(given: Appointment) -> str:
    """Return how and where a session is held."""
    if given.mode is Mode.TELEHEALTH:
        return "by telehealth"
    at = "" if given.site is None else f" at {given.site}"
    room = "" if given.room is None else f", room {given.room}"
    return f"in person{at}{room}"


def slot(given: Appointment) -> str:
    """Return time, clinicians and place of an appointment."""
    return f"{when(given)}, with {wording.listing(given.clinicians)}, {where(given)}"


def who(given: Appointment) -> str:
    """Return what an appointment is, by codes."""
    clients = wording.listing(given.clients)
    code = given.group or given.request
    return clients if code is None else f"{code} ({clients})"


def rearranged(gone: Sequence[Block], come: Sequence[Block]) -> Iterator[str]:
    """Yield what becomes of blocks, one clause for each that moves, goes or comes."""
    left = list(gone)
    for block in come:
        before = next((b for b in left if _alike(b, block)), None)
        name = f"{wording.words(block.kind.value)} {block.clinicians[0]}"
        if before is None:
            yield f"new {name} {when(block)}"
        else:
            left.remove(before)
            start = before.start.hour * 60 + before.start.minute
            yield f"{name} {wording.span(start, start + before.minutes)} to {when(block)}"
    for block in left:
        yield f"no more {wording.words(block.kind.value)} {block.clinicians[0]} {when(block)}"


def _alike(one: Block, other: Block) -> bool:
    return one.kind is other.kind and one.start.date() == other.start.date() and one.minutes == other.minutes


def told(findings: Sequence[Finding], most: int = 20) -> Iterator[str]:
    """Yield findings as sentences with their rules, no more than so many."""
    for finding in findings[:most]:
        yield f"[{finding.rule}] {finding.sentence}"
    if len(findings) > most:
        yield f"and {len(findings) - most} more"
