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
    return f"{wording.day_name(given.start.date())}, {_clock(given)}"


def where(given: Appointment) -> str:
    """Return how and where a session is held."""
    if given.mode is Mode.TELEHEALTH:
        return "by telehealth"
    at = "" if given.site is None else f" at {given.site}"
    room = "" if given.room is None else f", room {given.room}"
    return f"in person{at}{room}"


def slot(given: Appointment) -> str:
    """Return time, clinicians, place and attendants of an appointment."""
    attended = f", attended by {wording.listing(given.attendants)}" if given.attendants else ""
    return f"{when(given)}, with {wording.listing(given.clinicians)}, {where(given)}{attended}"


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
        if before is None:
            yield f"new {_name(block)} on {when(block)}"
        else:
            left.remove(before)
            yield f"{_name(before)} on {when(before)}, becomes {_clock(block)}"
    for block in left:
        yield f"no {_name(block)} on {when(block)}"


def _name(block: Block) -> str:
    return f"{wording.words(block.kind.value)} of {wording.listing(block.clinicians)}"


def _clock(given: Given) -> str:
    start = given.start.hour * 60 + given.start.minute
    return wording.span(start, start + given.minutes)


def _alike(one: Block, other: Block) -> bool:
    same = (one.kind, one.start.date(), one.clinicians) == (other.kind, other.start.date(), other.clinicians)
    return same and one.minutes == other.minutes


def told(findings: Sequence[Finding], most: int = 20) -> Iterator[str]:
    """Yield findings as sentences with their rules, no more than so many."""
    for finding in findings[:most]:
        yield f"[{finding.rule}] {finding.sentence}"
    if len(findings) > most:
        yield f"and {len(findings) - most} more"
